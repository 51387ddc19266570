import { type Dispatcher, Pool } from "undici";
import { type Answer, toStatusFailure } from "@/lib/scim/answer";
import { createTextCleaner, type TextCleaner } from "@/lib/scim/clean-text";
import { type Deadline, startDeadline } from "@/lib/scim/deadline";
import {
  isScimError,
  type ScimErrorFacts,
  type ScimFailure,
  ScimProtocolError,
  type ScimSent,
} from "@/lib/scim/errors";
import type { ScimContext } from "@/lib/scim/exchange";
import { toNetworkFailure } from "@/lib/scim/network-failure";
import { parseJson, readBody } from "@/lib/scim/read-body";

export type ScimTransportOptions = {
  baseUrl: URL;
  token: string;
  dispatcher?: Dispatcher;
  connections: number;
  userAgent: string;
  headersTimeoutMs: number;
  bodyTimeoutMs: number;
  totalTimeoutMs: number;
  responseBytesMax: number;
};

export type ScimRequest = {
  method: "GET" | "POST" | "PATCH";
  /** Relative to the base URL, with a leading slash, already encoded. */
  path: string;
  body?: unknown;
};

/** Parses a 2xx answer. `reject` makes the error for an unexpected one. */
export type ScimReader<Result> = (
  answer: Answer,
  reject: (reason: ScimProtocolError["reason"], detail: string) => ScimProtocolError,
) => Result;

/**
 * One HTTP exchange at a time: headers, limits, errors and its record. It does not retry and does not follow
 * redirects (undici's `request` never does). The token is only in a private field and in request headers.
 */
export class ScimTransport {
  readonly #options: ScimTransportOptions;
  readonly #dispatcher: Dispatcher;
  /** The same dispatcher, recording what was written. Created once, not for each request. */
  readonly #noting: Dispatcher;
  readonly #root: string;
  readonly #clean: TextCleaner;

  constructor(options: ScimTransportOptions) {
    this.#options = options;
    this.#clean = createTextCleaner(options.token);
    const { connections } = options;
    const connect = { timeout: connectTimeoutMs };
    this.#dispatcher = options.dispatcher ?? new Pool(options.baseUrl.origin, { connections, connect });
    this.#noting = this.#dispatcher.compose(noteWritten);
    this.#root = options.baseUrl.pathname.replace(/\/$/, "");
  }

  /** Sends one request and reads its 2xx answer; every other outcome is a ScimError. */
  async send<Result>(
    scimRequest: ScimRequest,
    read: ScimReader<Result>,
    context: ScimContext = {},
  ): Promise<Result> {
    const progress: Progress = { sent: "no", status: null, requestId: null, answer: null };
    if (context.signal?.aborted) throw this.#toFailure(undefined, "caller", scimRequest, progress);
    const startedAt = new Date();
    const startedMs = performance.now();
    const requestBody = scimRequest.body === undefined ? null : JSON.stringify(scimRequest.body);
    const deadline = startDeadline(this.#options.totalTimeoutMs, context.signal);
    let error: string | null = null;
    try {
      const answer = await this.#exchange(scimRequest, requestBody, deadline, progress);
      return read(answer, (reason, detail) => this.#toProtocolError(reason, detail, scimRequest, progress));
    } catch (cause) {
      const failure = isScimError(cause)
        ? cause
        : this.#toFailure(cause, deadline.endedBy(), scimRequest, progress);
      error = failure.message;
      throw failure;
    } finally {
      deadline.stop();
      context.onExchange?.({
        method: scimRequest.method,
        path: this.#clean(scimRequest.path, Number.POSITIVE_INFINITY),
        requestBody: requestBody && this.#clean(requestBody, Number.POSITIVE_INFINITY),
        status: progress.status,
        responseBody: progress.answer && this.#sample(progress.answer),
        requestId: progress.requestId,
        startedAt,
        durationMs: Math.round(performance.now() - startedMs),
        error,
      });
    }
  }

  /** Closes the own pool after the exchanges under way. The caller closes a dispatcher it passed in. */
  async close(): Promise<void> {
    if (!this.#options.dispatcher) await this.#dispatcher.close();
  }

  async #exchange(
    scimRequest: ScimRequest,
    body: string | null,
    { signal }: Deadline,
    progress: Progress,
  ): Promise<Answer> {
    const { baseUrl, headersTimeoutMs, bodyTimeoutMs, responseBytesMax } = this.#options;
    const written: Written = { signal, progress };
    const answered = this.#noting.request({
      origin: baseUrl.origin,
      path: `${this.#root}${scimRequest.path}`,
      method: scimRequest.method,
      headers: this.#toHeaders(body !== null),
      body,
      signal,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: bodyTimeoutMs,
      opaque: written,
    });
    // undici lets an aborted request wait for a connection before it gives up; the caller should not wait.
    const response = await Promise.race([answered, whenAborted(signal)]);
    const { statusCode: status, headers } = response;
    progress.sent = "answered";
    progress.status = status;
    progress.requestId = this.#findRequestId(headers);
    const isSuccess = status >= 200 && status <= 299;
    const { text, complete } = await readBody(response.body, responseBytesMax).catch((cause: unknown) => {
      // A refusal's status is enough without its body. A 2xx needs its body.
      if (isSuccess) throw cause;
      return { text: "", complete: true };
    });
    const answer = { status, headers, text, json: complete ? parseJson(text) : undefined };
    progress.answer = answer;
    if (!isSuccess) throw this.#toStatusFailure(answer, scimRequest, progress);
    if (!complete)
      throw this.#toProtocolError("too-large", overLimit(responseBytesMax), scimRequest, progress);
    return answer;
  }

  #toHeaders(hasBody: boolean): Record<string, string> {
    return {
      authorization: `Bearer ${this.#options.token}`,
      accept: "application/scim+json, application/json;q=0.9",
      // A compressed answer could expand to any size after passing the limit.
      "accept-encoding": "identity",
      "user-agent": this.#options.userAgent,
      // One tested server accepts this type only, and all accept it.
      ...(hasBody && { "content-type": "application/scim+json" }),
    };
  }

  #toFailure(
    cause: unknown,
    endedBy: "caller" | "clock" | null,
    scimRequest: ScimRequest,
    progress: Progress,
  ) {
    const clean = (dirty: string) => this.#clean(dirty, detailCharsMax);
    return toNetworkFailure(cause, endedBy, this.#toFacts(scimRequest, progress), clean);
  }

  #toStatusFailure(answer: Answer, scimRequest: ScimRequest, progress: Progress): ScimFailure {
    const clean = (dirty: string) => this.#clean(dirty, detailCharsMax);
    return toStatusFailure(answer, this.#toFacts(scimRequest, progress), new Date(), clean);
  }

  #toProtocolError(
    reason: ScimProtocolError["reason"],
    detail: string,
    scimRequest: ScimRequest,
    progress: Progress,
  ): ScimProtocolError {
    const facts = this.#toFacts(scimRequest, progress);
    return new ScimProtocolError({ ...facts, reason, detail: this.#clean(detail, detailCharsMax) });
  }

  #toFacts({ method, path }: ScimRequest, progress: Progress): Omit<ScimErrorFacts, "detail"> {
    const { status, requestId, sent } = progress;
    return { method, path: this.#clean(path, Number.POSITIVE_INFINITY), status, requestId, sent };
  }

  #findRequestId(headers: Answer["headers"]): string | null {
    const value = requestIdHeaders.map((name) => headers[name]).find((header) => header !== undefined);
    return this.#clean(String(value ?? ""), 128) || null;
  }

  /**
   * Serialized again from the parsed value where there is one: a token escaped as \u0041 would hide from the search.
   */
  #sample({ json, text }: Answer): string {
    return this.#clean(json === undefined ? text : JSON.stringify(json), sampleCharsMax);
  }
}

type Progress = { sent: ScimSent; status: number | null; requestId: string | null; answer: Answer | null };

const connectTimeoutMs = 5_000;
const detailCharsMax = 300;
const sampleCharsMax = 2_000;
const requestIdHeaders = ["x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray"];

type Written = { signal: AbortSignal; progress: Progress };

/**
 * Records when undici assigns a connected socket to a request, which brings its progress as `opaque`. Before that
 * nothing was sent, and if it is aborted by then nothing will be.
 */
const noteWritten: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { signal, progress } = (options as Dispatcher.RequestOptions<Written>).opaque as Written;
  return dispatch(options, {
    onRequestStart(controller, context) {
      if (!signal.aborted) progress.sent = "maybe";
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  });
};

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function overLimit(bytesMax: number): string {
  return `The answer is larger than ${bytesMax} bytes`;
}
