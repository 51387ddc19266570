import { z } from "zod";
import { type AttributeChanges, type AttributeValues, isAttributeKey } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";

/**
 * What an operator wants, before it is compared with a directory. Stored with the change, so that the same intent can
 * be planned again after the directory changed.
 */
const uuid = z.uuid();
const address = z.string().transform((raw, context) => parseField("userName", raw, context));
const groupNames = z
  .array(
    z
      .string()
      .transform((name) => name.normalize("NFC").trim())
      .pipe(
        z
          .string()
          .min(1, "A group needs a name.")
          .max(256, "The group's name is longer than 256 characters. Shorten it."),
      ),
  )
  .max(50, "At most 50 groups in one change. Take some out.")
  // Names that differ only in case are one group, as the tenant compares them.
  .transform((names) => [...new Map(names.map((name) => [name.toLowerCase(), name])).values()]);

/** The address identifies an account and the external id joins accounts: neither is written as a plain attribute. */
const fixedKeys: readonly string[] = ["userName", "externalId"];

const attributes = z.record(z.string(), z.string()).transform((given, context): AttributeValues => {
  const changes = parseAttributes(given, context);
  return Object.fromEntries(
    Object.entries(changes).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
});
const attributeChanges = z.record(z.string(), z.string().nullable()).transform(parseAttributes);

/** Checks every value with the dialect's rules. A blank one means "no statement", never "clear". */
function parseAttributes(given: Record<string, string | null>, context: z.RefinementCtx): AttributeChanges {
  const parsed: AttributeChanges = {};
  for (const [key, raw] of Object.entries(given)) {
    if (!isAttributeKey(key) || fixedKeys.includes(key)) {
      context.addIssue({ code: "custom", path: [key], message: "A change cannot set this attribute." });
    } else if (raw === null) {
      parsed[key] = null;
    } else if (raw.trim() !== "") {
      const value = parseAttribute(key, raw);
      if (value.ok) parsed[key] = value.value;
      else context.addIssue({ code: "custom", path: [key], message: value.message });
    }
  }
  return parsed;
}

function parseField(key: "userName", raw: string, context: z.RefinementCtx): string {
  const parsed = parseAttribute(key, raw);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: parsed.message });
  return z.NEVER;
}

/**
 * An account that exists in a directory. It is found by its id. Its address is only shown and may have any form: a rule
 * for new addresses must not prevent offboarding.
 */
const standingAccount = z.strictObject({
  tenantId: uuid,
  resourceId: z.string().min(1),
  userName: z.string().min(1).max(320),
});

/** Naming an account twice means it once. */
const standingAccounts = z
  .array(standingAccount)
  .min(1)
  .max(500)
  .transform((accounts) => [
    ...new Map(accounts.map((account) => [`${account.tenantId} ${account.resourceId}`, account])).values(),
  ]);

/** One person has one account in a tenant: the plan would drop a second address silently. */
const newAccounts = z
  .array(z.strictObject({ tenantId: uuid, userName: address }))
  .min(1)
  .max(500)
  .refine((accounts) => new Set(accounts.map(({ tenantId }) => tenantId)).size === accounts.length, {
    error: "A tenant is listed twice. Give each tenant one address.",
  });

const tenantIds = z
  .array(uuid)
  .min(1, "Choose a tenant.")
  .max(500, "At most 500 tenants in one change. Take some out.")
  .transform((ids) => [...new Set(ids)]);

export const intentSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("onboard"),
    /** The external id of every account, so that accounts with different addresses stay one person. */
    personId: uuid,
    attributes,
    groups: groupNames,
    accounts: newAccounts,
  }),
  z.strictObject({
    kind: z.literal("update"),
    attributes: attributeChanges,
    addGroups: groupNames,
    removeGroups: groupNames,
    accounts: standingAccounts,
  }),
  z.strictObject({ kind: z.literal("offboard"), accounts: standingAccounts }),
  z.strictObject({ kind: z.literal("restore"), accounts: standingAccounts }),
  /** A checked file: its people are in import_row, so the intent names the file and not a hundred thousand people. */
  z.strictObject({ kind: z.literal("import"), importId: uuid, tenantIds }),
  /** Compares the current roster with the directory; `keys` (userNameKey) limits it to some people. */
  z.strictObject({
    kind: z.literal("reconcile"),
    tenantIds,
    keys: z.array(z.string().min(1).max(320)).min(1).max(1_000).optional(),
  }),
  /** Undo inverts what a change's operations did; retry repeats those that failed. */
  z.strictObject({ kind: z.literal("undo"), changeId: uuid, tenantIds }),
  z.strictObject({ kind: z.literal("retry"), changeId: uuid, tenantIds }),
]);

export type Intent = z.infer<typeof intentSchema>;
export type IntentKind = Intent["kind"];
export type OnboardIntent = Extract<Intent, { kind: "onboard" }>;
export type UpdateIntent = Extract<Intent, { kind: "update" }>;
export type ReconcileIntent = Extract<Intent, { kind: "import" | "reconcile" }>;
export type StandingAccount = z.infer<typeof standingAccount>;

/** Lists the tenants an intent names, each once, in the order given. */
export function tenantIdsOf(intent: Intent): string[] {
  if ("tenantIds" in intent) return intent.tenantIds;
  return [...new Set(intent.accounts.map((account) => account.tenantId))];
}
