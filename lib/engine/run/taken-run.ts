export type TakenRun = {
  id: string;
  changeId: string;
  tenantId: string;
  epoch: number;
  credentialVersion: number | null;
  /** When the taking was sent, on performance.now()'s clock: the lease is counted from here (invariant I4). */
  askedMs: number;
};
/** Thrown when another worker has taken the run: whoever catches it writes nothing more. */

export class LeaseLostError extends Error {
  constructor() {
    super("Another worker has taken this run");
    this.name = "LeaseLostError";
  }
}
