import { z } from "zod";
import { type Random, randomFrom } from "./random";
import { count, type Stats } from "./stats";

const faultKinds = [
  "403",
  "429",
  "500",
  "503",
  "hang",
  "html-error",
  "cut-after-commit",
  "cut-before",
  "truncated-page",
  "short-total",
  "slow",
  "echo-auth",
  "empty-200",
  "redirect",
  "swallow",
  "swap",
  "rename",
  "twin",
  "silence",
] as const;

/**
 * A rule that spoils matching SCIM requests of one tenant. Without `times`, `everyNth` or `probability` it spoils all
 * of them. Rules are tried in order, and the first that applies decides.
 */
export const faultSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** Regular expression over the path behind the Tenant URL, with its query: "^/Users\\?filter=". */
      path: z.string().refine(isPattern, "must be a regular expression").optional(),
    })
    .default({}),
  /** Skip this many matching requests first. */
  skip: z.int().min(0).default(0),
  times: z.int().min(1).optional(),
  everyNth: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  kind: z.enum(faultKinds),
  /** "429" and "503": seconds to send as Retry-After; none is sent without it. */
  retryAfter: z.number().min(0).optional(),
  /** Whether Retry-After is sent as seconds or as an HTTP date (RFC 9110, 10.2.3). */
  retryAfterAs: z.enum(["seconds", "date"]).default("seconds"),
  /** "html-error": the status beside the HTML body. */
  status: z.int().min(200).max(599).default(502),
  /** "slow": added before the request is carried out. */
  delayMs: z.int().min(0).default(1000),
  /** "redirect": the target; another path of this host by default. */
  location: z.string().default("/moved"),
  /** "silence": the attributes that answers leave out. */
  attributes: z.array(z.string()).default(["active", "members"]),
  /** "silence": leaves out empty lists only, as a server may (RFC 7643, 2.5). */
  onlyEmpty: z.boolean().default(false),
});

export type Fault = z.infer<typeof faultSchema>;

/** A fault with its own counters. */
export interface ActiveFault {
  rule: Fault;
  matched: number;
  struck: number;
  random: Random;
  pattern: RegExp | null;
}

/** Gives each rule its counters. `seed` makes `probability` repeatable. */
export function toActiveFaults(rules: readonly Fault[], seed: string): ActiveFault[] {
  return rules.map((rule, position) => ({
    rule,
    matched: 0,
    struck: 0,
    random: randomFrom(`${seed}/${position}`),
    pattern: rule.match.path === undefined ? null : new RegExp(rule.match.path),
  }));
}

/**
 * The fault that applies to this request, or null. Counts the match, so call it once per request. `path` is the part
 * after the Tenant URL, query included.
 */
export function findFault(
  faults: readonly ActiveFault[],
  stats: Stats,
  method: string,
  path: string,
): Fault | null {
  for (const fault of faults) {
    if (!isMatch(fault, method, path)) continue;
    fault.matched += 1;
    if (!strikes(fault)) continue;
    fault.struck += 1;
    count(stats.faults, fault.rule.kind);
    return fault.rule;
  }
  return null;
}

/** The Retry-After value of a rule, or null where it sends none. */
export function retryAfterOf(rule: Fault, nowMs: number): string | null {
  if (rule.retryAfter === undefined) return null;
  return rule.retryAfterAs === "seconds"
    ? String(rule.retryAfter)
    : new Date(nowMs + rule.retryAfter * 1000).toUTCString();
}

function isMatch(fault: ActiveFault, method: string, path: string): boolean {
  const wanted = fault.rule.match.method;
  if (wanted !== undefined && wanted.toUpperCase() !== method) return false;
  return fault.pattern === null || fault.pattern.test(path);
}

function strikes(fault: ActiveFault): boolean {
  const { skip, times, everyNth, probability } = fault.rule;
  const turn = fault.matched - skip;
  if (turn < 1) return false;
  if (times !== undefined && fault.struck >= times) return false;
  if (everyNth !== undefined && turn % everyNth !== 0) return false;
  return probability === undefined || fault.random() < probability;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
