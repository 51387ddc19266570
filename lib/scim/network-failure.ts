import { egressRefusedCode } from "@/lib/scim/egress-refused-error";
import {
  type ScimErrorFacts,
  type ScimFailure,
  ScimProtocolError,
  type ScimProtocolReason,
  ScimTransientError,
} from "@/lib/scim/errors";

/**
 * The error for an exchange that ended without a usable answer. `cause` is whatever the dispatcher threw; only its
 * code and message are read. Retrying a refused address or a failed TLS handshake does not help, so they are protocol
 * errors; all other network failures are transient.
 */
export function toNetworkFailure(
  cause: unknown,
  endedBy: "caller" | "clock" | null,
  facts: Omit<ScimErrorFacts, "detail">,
  clean: (text: string) => string,
): ScimFailure {
  if (endedBy === "caller") {
    return new ScimTransientError({ ...facts, reason: "aborted", detail: "Stopped by the caller" });
  }
  if (endedBy === "clock") {
    return new ScimTransientError({ ...facts, reason: "timeout", detail: "No complete answer in time" });
  }
  const causes = flattenCauses(cause);
  const codes = causes.map((error) => error.code);
  const detail = clean(causes.map(describe).join("; ")) || "The connection failed";
  if (codes.includes(egressRefusedCode)) {
    return new ScimProtocolError({ ...facts, reason: "egress", detail, sent: "no" });
  }
  const reason = codes.map(toProtocolReason).find((found) => found !== null);
  if (reason) return new ScimProtocolError({ ...facts, reason, detail });
  if (codes.some((code) => timeoutCodes.has(code))) {
    return new ScimTransientError({ ...facts, reason: "timeout", detail });
  }
  return new ScimTransientError({ ...facts, reason: "network", detail });
}

type Cause = { code: string; message: string };

const timeoutCodes = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

/** X.509 verification codes of OpenSSL and the TLS codes of Node (nodejs.org/api/tls.html, "X509 certificate error codes"). */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_CERT_|DEPTH_ZERO_|SELF_SIGNED_)|^(EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/;

function toProtocolReason(code: string): ScimProtocolReason | null {
  if (tlsCode.test(code)) return "tls";
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") return "too-large";
  // A connection cut in the middle of an answer upsets the parser too, but the network is the cause.
  if (code === "HPE_INVALID_EOF_STATE" || code === "HPE_CLOSED_CONNECTION") return null;
  if (code === "HTTPParserError" || code.startsWith("HPE_")) return "not-scim";
  return null;
}

/** An error, its causes and the members of an AggregateError (one for each address that was tried). */
function flattenCauses(error: unknown, depth = 0): Cause[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const parserName = error.name === "HTTPParserError" ? error.name : "";
  const code = "code" in error && typeof error.code === "string" ? error.code : parserName;
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [{ code, message: error.message }, ...inner.flatMap((cause) => flattenCauses(cause, depth + 1))];
}

function describe({ code, message }: Cause): string {
  return message.includes(code) ? message : `${code} ${message}`;
}
