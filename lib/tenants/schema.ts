import { z } from "zod";

/** A domain name as it follows the @: labels of letters, digits and hyphens, in ASCII. */
const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    "This is not a domain name. Write it as example.com.",
  );

/** One field, several domains: separated by spaces, commas or new lines. */
const domainsSchema = z
  .string()
  .max(4_000, "The list of domains is too long. Shorten it.")
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .pipe(z.array(domainSchema).max(100, "A tenant has at most 100 domains. Remove some."));

const nameSchema = z
  .string()
  .transform((name) => name.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .min(1, "Enter the client's name, as your team uses it.")
      .max(120, "The name is longer than 120 characters. Shorten it."),
  )
  // Control and direction-override characters make one name look like another.
  .refine(
    (name) => !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name),
    "The name holds invisible characters. Type it again.",
  );

/** Wide enough for any token KnowBe4 may issue; accidental pastes (a file, a page) are longer or have spaces. */
const tokenSchema = z
  .string()
  .trim()
  .min(8, "This is too short to be a SCIM token. Copy it again from the KnowBe4 console.")
  .max(4_096, "This is too long to be a SCIM token. Copy it again from the KnowBe4 console.")
  .regex(
    /^[!-~]+$/,
    "A SCIM token contains no spaces or special characters. Copy it again from the KnowBe4 console.",
  );

const urlSchema = z
  .string()
  .max(2_048, "This is too long to be a Tenant URL. Copy it again from the KnowBe4 console.");
export const reasonSchema = z
  .string()
  .transform((reason) => reason.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .min(3, "Say why, in a few words: an auditor will read it.")
      .max(500, "The reason is longer than 500 characters. Shorten it."),
  );

/** A number of people as a form sends it. */
export const peopleSchema = z.coerce
  .number("Write a number.")
  .int("Write a whole number of people.")
  .min(0, "At least 0.")
  .max(100_000, "At most 100,000.");
export const percentSchema = z.coerce
  .number("Write a number.")
  .min(0, "At least 0 %.")
  .max(100, "At most 100 %.");

/** A box that is not ticked is not sent at all. */
const tickedSchema = z.literal("on").optional().transform(Boolean);

const tenantId = z.uuid();
export const tenantIdSchema = z.strictObject({ tenantId });
export const connectTenantSchema = z.strictObject({
  name: nameSchema,
  tenantUrl: urlSchema,
  token: tokenSchema,
  domains: domainsSchema,
});

export const replaceTokenSchema = z.strictObject({ tenantId, token: tokenSchema, reason: reasonSchema });
export const pauseTenantSchema = z.strictObject({ tenantId, reason: reasonSchema });
export const resumeTenantSchema = z.strictObject({ tenantId });
export const setModeSchema = z.strictObject({
  tenantId,
  mode: z.enum(["observe", "source", "mixed"]),
  testMode: z.enum(["on", "off", "unknown"]),
  reason: reasonSchema,
  /** The cut-over gate: the acknowledged number of people, and the tenant's name as a signature. */
  absent: z.coerce.number().int().min(0).optional(),
  name: z.string().trim().optional(),
});

export const updateTenantSchema = z.strictObject({
  tenantId,
  name: nameSchema,
  domains: domainsSchema,
  rate: z.coerce
    .number("Write a number.")
    .min(0.2, "At least 0.2 requests a second.")
    .max(1_000, "At most 1,000 requests a second."),
  inFlightMax: z.coerce
    .number("Write a number.")
    .int("Write a whole number.")
    .min(1, "At least 1.")
    .max(64, "At most 64."),
  visibleInMinutes: z.coerce
    .number("Write a number.")
    .int("Write a whole number of minutes.")
    .min(1, "At least 1 minute.")
    .max(10_080, "At most 10,080 minutes: a week."),
});

export const setHoldLimitsSchema = z.strictObject({
  tenantId,
  archiveHoldMin: peopleSchema,
  archiveHoldPercent: percentSchema,
  restoreHoldMin: peopleSchema,
  restoreHoldPercent: percentSchema,
  removalHoldMin: peopleSchema,
  removalHoldPercent: percentSchema,
  reason: reasonSchema,
});

export const setSwitchesSchema = z.strictObject({
  tenantId,
  allowCreate: tickedSchema,
  allowUpdate: tickedSchema,
  allowArchive: tickedSchema,
  reason: reasonSchema,
});

/** Empty means that the number is unknown. */
export const setSeatsSchema = z.strictObject({
  tenantId,
  seats: z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : Number(text)))
    .pipe(
      z
        .number("Write a number.")
        .int("Write a whole number of people.")
        .min(0, "At least 0.")
        .max(1_000_000, "At most 1,000,000.")
        .nullable(),
    ),
  reason: reasonSchema,
});

/** Disconnecting cannot be undone, so the operator types the tenant's name. */
export const disconnectTenantSchema = z.strictObject({
  tenantId,
  name: z.string().trim(),
  reason: reasonSchema,
});

export type ConnectTenant = z.infer<typeof connectTenantSchema>;
export type ReplaceToken = z.infer<typeof replaceTokenSchema>;
export type PauseTenant = z.infer<typeof pauseTenantSchema>;
export type SetMode = z.infer<typeof setModeSchema>;
export type UpdateTenant = z.infer<typeof updateTenantSchema>;
export type SetHoldLimits = z.infer<typeof setHoldLimitsSchema>;
export type SetSwitches = z.infer<typeof setSwitchesSchema>;
export type SetSeats = z.infer<typeof setSeatsSchema>;
export type DisconnectTenant = z.infer<typeof disconnectTenantSchema>;
