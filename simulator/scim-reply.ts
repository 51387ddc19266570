import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Fault, retryAfterOf } from "./faults";
import { type ScimError, toScimErrorBody } from "./scim-errors";
import type { Tenant } from "./tenant";

declare module "fastify" {
  interface FastifyRequest {
    /** Null outside the SCIM routes. */
    tenant: Tenant | null;
    /** The fault that applies to this request's answer, or null. */
    fault: Fault | null;
  }
}

const contentType = "application/scim+json; charset=utf-8";

/** The tenant whose SCIM service the request addresses. @throws Error outside the SCIM routes */
export function tenantOf(request: FastifyRequest): Tenant {
  if (request.tenant === null) throw new Error("This route has no tenant.");
  return request.tenant;
}

/** Answers with JSON, or spoils the answer as the request's fault requires. The write has already happened. */
export function sendScim(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  body?: object,
): FastifyReply {
  const kind = request.fault?.kind;
  if (kind === "cut-after-commit") return cut(request, reply);
  reply.code(status);
  if (body === undefined) return reply.send();
  const shown = toShown(body, request.fault);
  return reply.header("content-type", contentType).send(JSON.stringify(shown));
}

function toShown(body: object, fault: Fault | null): object {
  if (fault?.kind === "truncated-page" || fault?.kind === "short-total")
    return toSpoiledPage(body, fault.kind);
  return fault?.kind === "silence" ? toSilent(body, fault) : body;
}

/** The resource, every resource of a list, or the list itself, without the attributes of the fault. */
function toSilent(body: object, { attributes, onlyEmpty }: Pick<Fault, "attributes" | "onlyEmpty">): object {
  const isAboutList = attributes.includes("Resources");
  if (!isAboutList && "Resources" in body && Array.isArray(body.Resources)) {
    return {
      ...body,
      Resources: body.Resources.map((each: object) => toSilent(each, { attributes, onlyEmpty })),
    };
  }
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => {
      const isEmpty = Array.isArray(value) && value.length === 0;
      return !attributes.includes(name) || (onlyEmpty && !isEmpty);
    }),
  );
}

/** The id of the resource that an answer shows: of another one where the fault swaps them and there is another. */
export function shownId(request: FastifyRequest, ids: Iterable<string>, id: string): string {
  if (request.fault?.kind !== "swap") return id;
  for (const other of ids) if (other !== id) return other;
  return id;
}

export function sendScimError(request: FastifyRequest, reply: FastifyReply, error: ScimError): FastifyReply {
  if (error.status === 401) reply.header("www-authenticate", "Bearer");
  return sendScim(request, reply, error.status, toScimErrorBody(error));
}

/** Ends the connection without an answer. */
function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/**
 * Answers in place of the route if the fault requires it, before anything is done. Returns false when the request
 * should continue.
 */
export function isAnsweredByFault(request: FastifyRequest, reply: FastifyReply, fault: Fault): boolean {
  switch (fault.kind) {
    case "403":
    case "429":
    case "500":
    case "503":
      sendRefusal(reply, fault, Number(fault.kind));
      return true;
    case "hang":
      reply.hijack();
      return true;
    case "cut-before":
      cut(request, reply);
      return true;
    case "html-error":
      reply.code(fault.status).header("content-type", "text/html; charset=utf-8");
      reply.send(
        "<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>",
      );
      return true;
    case "echo-auth":
      reply.code(500).header("content-type", contentType);
      reply.send(JSON.stringify(toErrorBody(500, `Request failed: ${request.headers.authorization ?? ""}`)));
      return true;
    case "empty-200":
      reply.code(200).send();
      return true;
    case "redirect":
      reply.code(302).header("location", fault.location).send();
      return true;
    case "swallow":
      return isSwallowed(request, reply);
    case "slow":
    case "swap":
    case "rename":
    case "twin":
    case "silence":
    case "cut-after-commit":
    case "truncated-page":
    case "short-total":
      return false;
  }
}

/** Answers a write as if it had been done. A read goes on. */
function isSwallowed(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.method === "GET") return false;
  if (request.method === "POST") {
    reply.code(201).header("content-type", contentType);
    reply.send(JSON.stringify({ schemas: [], id: randomUUID() }));
  } else reply.code(204).send();
  return true;
}

const refusals: Record<number, string> = { 403: "This is not permitted.", 429: "Too many requests." };

function sendRefusal(reply: FastifyReply, fault: Fault, status: number): void {
  const retryAfter = retryAfterOf(fault, Date.now());
  if (retryAfter !== null) reply.header("retry-after", retryAfter);
  const detail = refusals[status] ?? "The service is not available.";
  reply
    .code(status)
    .header("content-type", contentType)
    .send(JSON.stringify(toErrorBody(status, detail)));
}

function toErrorBody(status: number, detail: string): object {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail };
}

/** Half the resources (or members) under an unchanged total, or the page's own size as the total. */
function toSpoiledPage(body: object, kind: "truncated-page" | "short-total"): object {
  if ("Resources" in body && Array.isArray(body.Resources)) {
    return kind === "short-total"
      ? { ...body, totalResults: body.Resources.length }
      : { ...body, Resources: body.Resources.slice(0, Math.floor(body.Resources.length / 2)) };
  }
  if (kind === "truncated-page" && "members" in body && Array.isArray(body.members)) {
    return { ...body, members: body.members.slice(0, Math.floor(body.members.length / 2)) };
  }
  return body;
}
