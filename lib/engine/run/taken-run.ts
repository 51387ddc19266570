export type TakenRun = {
  id: string;
  changeId: string;
  tenantId: string;
  epoch: number;
  credentialVersion: number | null;
  /** When the take was sent, on performance.now()'s clock; the lease is counted from here (invariant I4). */
  askedMs: number;
};
/** Thrown when another worker has taken the run. The holder must stop writing. */

export class LeaseLostError extends Error {
  constructor() {
    super("Another worker has taken this run");
    this.name = "LeaseLostError";
  }
}
