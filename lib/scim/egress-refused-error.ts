/**
 * What a dispatcher's address guard throws, or passes to its connect callback, when it will not connect to where
 * a name points. The client turns it into ScimProtocolError `egress`, surely not sent. Any error whose `code` is
 * "EGRESS_REFUSED" counts, so that a guard need not import this.
 */
export class EgressRefusedError extends Error {
  override readonly name = "EgressRefusedError";
  readonly code = egressRefusedCode;
}

export const egressRefusedCode = "EGRESS_REFUSED";
