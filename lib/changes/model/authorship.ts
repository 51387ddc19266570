/**
 * What makes an operator an author of a change: what they did with it, or what they moved that its held lines rest on.
 * No author approves what is held of it.
 */
export const authorParts = [
  "requested",
  "scheduled",
  "imported",
  "sync",
  "left",
  "entry",
  "guard",
  "policy",
  "rails",
  "domains",
] as const;

export type AuthorPart = (typeof authorParts)[number];

/** How an operator stands to the held lines of a change. */
export type Authorship = {
  /** What makes them an author; null for whoever may approve. */
  part: AuthorPart | null;
  /** Whether an operator who is no author may act in one of the change's tenants. */
  hasOther: boolean;
  /**
   * An approval by an author alone: one waits for its hour (waiting), their own may be given (due), or another operator
   * stopped one (stopped), which is a refusal.
   */
  alone: "none" | "waiting" | "due" | "stopped";
};

/** Nothing to say about a change without held lines. */
export const noAuthorship: Authorship = { part: null, hasOther: true, alone: "none" };

const words: Record<AuthorPart, string> = {
  requested: "You requested this change",
  scheduled: "You scheduled this change",
  imported: "You uploaded the file of this change, or set what its columns mean",
  sync: "You started the sync that planned this change",
  left: "You wrote that people left whose lines are held",
  entry: "You changed the roster of people whose lines are held",
  guard: "You removed a guard of people whose lines are held",
  policy: "You changed the roster policy that this change follows",
  rails: "You loosened the rails of one of its tenants",
  domains: "You added a domain to one of its tenants",
};

/** Why an author does not approve, and who may. */
export function toAuthorWhy({ part, hasOther, alone }: Authorship & { part: AuthorPart }) {
  const cause = `${words[part]}, so another operator has to approve its held lines.`;
  if (hasOther) return { code: "forbidden", cause, next: "Ask a colleague to open it." } as const;
  const next =
    alone === "waiting"
      ? "Nobody else may, so an approval alone waits for its hour."
      : alone === "stopped"
        ? "Another operator stopped an approval of it: agree with them, then plan it again."
        : "Nobody else may act in its tenants, so you can ask to approve it alone.";
  return { code: "forbidden", cause, next } as const;
}
