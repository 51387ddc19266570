import { lookup as resolve } from "node:dns/promises";
import { isIP, connect as connectTcp, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import ipaddr from "ipaddr.js";
import { Agent, errors, type buildConnector, type Dispatcher } from "undici";
import { EgressRefusedError } from "@/lib/scim/egress-refused-error";

export interface EgressOptions {
  /** Whether servers on this machine are allowed, also over http: a simulator, a test. Never in production. */
  readonly loopback: boolean;
  /** Upper bound of sockets to the tenant; its rate decides how many are used. */
  readonly connections?: number;
  readonly connectTimeoutMs?: number;
  /** Resolves all addresses of a host name. Tests answer as a hostile name server would. */
  readonly lookup?: (host: string) => Promise<string[]>;
}

/**
 * Builds the dispatcher to one tenant. A Tenant URL is user input, and its owner decides where the name points at any
 * moment, so each connection is checked. All addresses are resolved once; one that is not on the public internet
 * refuses the whole name. Only the checked addresses are connected, and the socket's peer is checked again before a
 * byte is sent.
 *
 * TLS is 1.2 or newer, verified against Node's default roots and the tenant's own host name; nothing turns that off,
 * not even NODE_TLS_REJECT_UNAUTHORIZED. No proxy is taken from the environment. Make one per tenant and close it
 * with the tenant's run: sockets are kept alive, TLS sessions are never resumed, neither is shared.
 *
 * Requests fail with EgressRefusedError where the address is refused, with undici's ConnectTimeoutError after 5
 * seconds for name and connection together, and with the socket's own error otherwise.
 */
export function createTenantDispatcher(options: EgressOptions): Dispatcher {
  function connect(target: buildConnector.Options, callback: buildConnector.Callback): void {
    connectTenant(target, options).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  }
  return new Agent({ connect, connections: options.connections ?? 8, pipelining: 1, allowH2: false });
}

async function connectTenant(target: buildConnector.Options, options: EgressOptions): Promise<Socket> {
  const host = target.hostname.replace(/^\[(.*)\]$/, "$1");
  const deadline = new AbortController();
  const timeoutMs = options.connectTimeoutMs ?? 5_000;
  const timer = setTimeout(
    () => deadline.abort(new errors.ConnectTimeoutError(`No connection to ${host} within ${timeoutMs} ms.`)),
    timeoutMs,
  );
  try {
    const isLocal = options.loopback && (host === "localhost" || isLoopback(host));
    if (isIP(host) !== 0 && !isLocal) throw refusal(host, "is an IP address, not a name");
    const isAllowed = isLocal ? isLoopback : isGlobal;
    const addresses =
      isIP(host) !== 0 ? [host] : await unlessAborted((options.lookup ?? resolveAll)(host), deadline.signal);
    if (addresses.length === 0 || !addresses.every(isAllowed))
      throw refusal(host, "has an address that is not on the public internet");
    if (!isLocal && (target.protocol !== "https:" || !["", "443"].includes(target.port)))
      throw refusal(host, "would be reached otherwise than by https on port 443");
    return await openSocket({ target, host, addresses, isAllowed }, deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

interface Opening {
  readonly target: buildConnector.Options;
  readonly host: string;
  readonly addresses: readonly string[];
  readonly isAllowed: (address: string) => boolean;
}

/** Not undici's `buildConnector`: it hands the socket out after TLS, too late to check its peer first. */
async function openSocket(
  { target, host, addresses, isAllowed }: Opening,
  signal: AbortSignal,
): Promise<Socket> {
  const isTls = target.protocol === "https:";
  const tcp = {
    host,
    port: Number(target.port) || (isTls ? 443 : 80),
    lookup: toPinnedLookup(addresses),
    // Both address families are tried; a far tenant may take longer than the quarter second Node grants each.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1_000,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  // RFC 6066 section 3: an address is no server name; it is then verified against the certificate's addresses.
  const servername = isIP(host) === 0 ? host : "";
  const tls = {
    servername,
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    ALPNProtocols: ["http/1.1"],
  } as const;
  const socket = isTls ? connectTls({ ...tcp, ...tls }) : connectTcp(tcp);
  const onAbort = () => socket.destroy(signal.reason);
  signal.addEventListener("abort", onAbort);
  // First listener, so that neither the TLS handshake nor the caller gets a socket to the wrong machine.
  socket.prependOnceListener("connect", () => {
    if (!isAllowed(socket.remoteAddress ?? ""))
      socket.destroy(refusal(host, "resolved to an address that is not on the public internet"));
  });
  return new Promise<Socket>((fulfil, reject) => {
    // Stays for the socket's life: an error before undici adds its own listener would end the process.
    socket.on("error", reject);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      if (!socket.destroyed) fulfil(socket);
    });
  }).finally(() => signal.removeEventListener("abort", onAbort));
}

/** Answers with the checked addresses, whatever the name server would answer by now (DNS rebinding). */
function toPinnedLookup(addresses: readonly string[]): LookupFunction {
  const [first = ""] = addresses;
  const list = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, callback) => {
    if (all) callback(null, list);
    else callback(null, first, isIP(first));
  };
}

async function resolveAll(host: string): Promise<string[]> {
  return (await resolve(host, { all: true })).map(({ address }) => address);
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_fulfil, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is on the public internet by IANA's special-purpose registries (as ipaddr.js lists them). IPv4
 * addresses mapped into IPv6 are judged as IPv4. IPv6 must also lie in 2000::/3, the only part assigned for that (RFC
 * 4291 section 2.4), so that unlisted ranges are refused.
 */
function isGlobal(address: string): boolean {
  // isIP first: ipaddr.js also reads 0177.1 and 0x7f000001, and a zone ("%eth0") names a link of this machine.
  if (isIP(address) === 0 || address.includes("%")) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && (parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast));
}

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === "loopback";
}

function refusal(host: string, cause: string): EgressRefusedError {
  return new EgressRefusedError(
    `The tenant's host ${host.slice(0, 120)} ${cause}. It was not contacted and no token was sent. Check the Tenant URL, and which address the worker's DNS returns for this name.`,
  );
}
