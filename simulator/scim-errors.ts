import { ScimError as ScimPatchError } from "scim-patch";

/** A refusal in the form of RFC 7644, section 3.12. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: string | undefined;

  constructor(status: number, detail: string, scimType?: string) {
    super(detail);
    this.name = "ScimError";
    this.status = status;
    this.scimType = scimType;
  }
}

export interface ScimErrorBody {
  schemas: string[];
  /** A string: RFC 7644 shows the HTTP status as text. */
  status: string;
  scimType?: string;
  detail: string;
}

export function toScimErrorBody(error: ScimError): ScimErrorBody {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.message,
  };
}

/** Any thrown value as a ScimError: scim-patch's refusals become 400, Fastify's keep their status, the rest 500. */
export function toScimError(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  if (error instanceof ScimPatchError) {
    return new ScimError(400, error.message, error.scimCode ?? "invalidSyntax");
  }
  if (error instanceof SyntaxError) return new ScimError(400, "The body is not JSON.", "invalidSyntax");
  if (error instanceof Error) {
    const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
    return new ScimError(status, error.message);
  }
  return new ScimError(500, "The request failed.");
}

export function notFound(kind: "User" | "Group", id: string): ScimError {
  return new ScimError(404, `${kind} ${id} not found.`);
}
