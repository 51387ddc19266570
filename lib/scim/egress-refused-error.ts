/**
 * Thrown by a dispatcher's address guard, or passed to its connect callback, when it refuses the address of a name.
 * The client turns it into ScimProtocolError `egress`, surely not sent. Any error whose `code` is "EGRESS_REFUSED"
 * counts, so that a guard need not import this.
 */
export class EgressRefusedError extends Error {
  override readonly name = "EgressRefusedError";
  readonly code = egressRefusedCode;
}

export const egressRefusedCode = "EGRESS_REFUSED";
