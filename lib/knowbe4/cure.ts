/**
 * What ends a trouble of the catalogue. Screens choose a button or link by it, and the engine decides by it which runs
 * continue.
 *
 * - new-token: a token is saved, and the tenant answers a probe with it.
 * - probe: the connection is repaired, and the tenant answers a probe; it is quarantined until then.
 * - address: the tenant is connected with the right Tenant URL.
 * - wait: the trouble passes; Rollcall retries automatically.
 * - sync: KnowBe4's own sync applies the change.
 * - read: the directory is read again.
 * - repair: the causes of the failed operations are removed, and the next write succeeds.
 * - value: another value, or another mapping.
 * - limit: a seat or a switch of the tenant.
 * - match: a person chooses the right account.
 * - console: the change is made in KnowBe4.
 * - source, roster: the list of people, or the tenant's rules for it, is corrected.
 * - approval: another operator approves.
 * - decision: an operator accepts or puts back changes made elsewhere.
 * - resume: an operator resumes what was stopped.
 * - retry, plan: the operation, or the whole change, is planned again.
 * - connect: the tenant is connected again.
 * - cut-over: an owner signs the mode.
 * - server: an administrator repairs the installation of Rollcall.
 */
export type Cure =
  | "new-token"
  | "probe"
  | "address"
  | "wait"
  | "sync"
  | "read"
  | "repair"
  | "value"
  | "limit"
  | "match"
  | "console"
  | "source"
  | "roster"
  | "approval"
  | "decision"
  | "resume"
  | "retry"
  | "plan"
  | "connect"
  | "cut-over"
  | "server"
  | "nothing";
