/**
 * What ends a trouble of the catalogue. Screens choose a button or link by it; it also tells the engine what
 * continues by itself.
 *
 * - new-token: a token is saved, and the tenant answers a probe with it.
 * - probe: the connection is repaired, and the tenant answers a probe; it is quarantined until then.
 * - address: the tenant is connected with the right Tenant URL.
 * - wait: it passes, and is retried automatically.
 * - sync: KnowBe4's own sync brings it.
 * - read: the directory is read again.
 * - repair: the causes of the failed operations are removed, and the next write succeeds.
 * - value: another value, or another mapping.
 * - limit: a seat or a switch of the tenant.
 * - match: a person says which account is meant.
 * - console: it is done in KnowBe4.
 * - source, roster: the list of people, or the tenant's rules for it, is corrected.
 * - approval: another operator approves.
 * - decision: accept or put back what others changed.
 * - resume: what was stopped is resumed.
 * - retry, plan: the operation, or the whole change, is planned again.
 * - connect: the tenant is connected again.
 * - cut-over: an owner signs the mode.
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
  | "nothing";
