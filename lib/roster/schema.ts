import { z } from "zod";
import { delimiterSchema, encodingSchema } from "@/lib/csv/reading-schema";
import { isAttributeKey } from "@/lib/knowbe4/attributes";
import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { fieldNameSchema } from "@/lib/roster/policy/condition";
import { guardKinds } from "@/lib/roster/model/guard-kinds";
import { groupingSchema, mappingSchema, scopingSchema } from "@/lib/roster/policy/policy";
import { reasonSchema } from "@/lib/tenants/schema";

const tenantId = z.uuid();

/** An address, or its userNameKey. */
const key = z.string().trim().min(1, "Enter the person's address.").max(320).transform(userNameKey);
const note = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .pipe(
    z
      .string()
      .min(3, "Say why, in a few words. Operators see it beside the guard.")
      .max(500, "The note is longer than 500 characters. Shorten it."),
  );

export const adoptInventorySchema = z.strictObject({ tenantId, reason: reasonSchema });
export type AdoptInventory = z.infer<typeof adoptInventorySchema>;

/** Only the given parts are saved. */
export const savePolicySchema = z.strictObject({
  tenantId,
  /** The version that the form saw. */
  version: z.number().int().min(0),
  mapping: mappingSchema.optional(),
  scoping: scopingSchema.optional(),
  grouping: groupingSchema.optional(),
  /** The number of people leaving the scope that the operator saw and confirmed. */
  confirmedOut: z.number().int().min(0).default(0),
});

export type SavePolicy = z.output<typeof savePolicySchema>;

export const previewScopeSchema = z.strictObject({ tenantId, scoping: scopingSchema });
export const samplePersonSchema = z.strictObject({
  tenantId,
  userNameKey: key,
  /** Parts of a policy that are not saved yet. */
  mapping: mappingSchema.optional(),
  grouping: groupingSchema.optional(),
});

export type SamplePerson = z.output<typeof samplePersonSchema>;

const addresses = z
  .string()
  .max(100_000, "The list is too long. Enter fewer people at a time.")
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .pipe(
    z
      .array(z.string().regex(/^\S+@\S+$/, "This is not an e-mail address. Write it as name@example.com."))
      .min(1, "Enter at least one address.")
      .max(2_000, "More than 2,000 people at once. Enter fewer at a time."),
  );

export const addGuardsSchema = z.strictObject({ tenantId, kind: z.enum(guardKinds), addresses, note });
export type AddGuards = z.output<typeof addGuardsSchema>;

export const removeGuardSchema = z.strictObject({
  tenantId,
  userNameKey: key,
  kind: z.enum(guardKinds),
  reason: reasonSchema,
});

export type RemoveGuard = z.output<typeof removeGuardSchema>;

/** The query of an upload's URL. Null detects how to read the file. */
export const importExclusionsSchema = z.strictObject({
  tenantId,
  note,
  encoding: encodingSchema.nullable().default(null),
  delimiter: delimiterSchema.nullable().default(null),
});

export type ImportExclusions = z.output<typeof importExclusionsSchema>;

/** A blank value states nothing; null clears. An attribute's value must be valid to send. */
const decidedFields = z
  .record(fieldNameSchema, z.string().max(2_000).nullable())
  .transform((given, context) => {
    const fields: [string, string | null][] = [];
    for (const [name, raw] of Object.entries(given)) {
      if (name === "userName") {
        context.addIssue({ code: "custom", path: [name], message: "The address cannot be changed here." });
      } else if (raw === null) fields.push([name, null]);
      else if (raw.trim() !== "") {
        const parsed = isAttributeKey(name)
          ? parseAttribute(name, raw)
          : ({ ok: true, value: raw.trim() } as const);
        if (parsed.ok) fields.push([name, parsed.value]);
        else context.addIssue({ code: "custom", path: [name], message: parsed.message });
      }
    }
    return Object.fromEntries(fields);
  });

export const setEntrySchema = z.strictObject({
  tenantId,
  /** A person who is not on the roster yet is added with the source `operator`. */
  userName: z.string().trim().min(1, "Enter the person's address.").max(320),
  fields: decidedFields.default({}),
  /** Fields that use the source's value again. */
  forget: z.array(fieldNameSchema).max(200).default([]),
  active: z.boolean().optional(),
  reason: reasonSchema,
});

export type SetEntry = z.output<typeof setEntrySchema>;
