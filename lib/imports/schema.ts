import { z } from "zod";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import { csvLimits } from "@/lib/csv/limits";
import { delimiterSchema, encodingSchema } from "@/lib/csv/reading-schema";

const importId = z.uuid();
const mode = z.enum(["merge", "full"]);

/** A file's name is only shown: characters that could disguise it are removed. */
const fileName = z
  .string()
  .transform((name) =>
    name
      .normalize("NFC")
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
      .trim(),
  )
  .transform((name) => [...name].slice(0, 200).join("") || "unnamed.csv");

/** The query of an upload's URL. Without a tenant, a column names one for each row; null detects which. */
export const uploadImportSchema = z.strictObject({
  fileName,
  /** A form asks for it with the columns, once the file is known. */
  mode: mode.default("merge"),
  tenantId: z.uuid().nullable().default(null),
  encoding: encodingSchema.nullable().default(null),
  delimiter: delimiterSchema.nullable().default(null),
});

const target = z.enum(["tenant", "groups", "status", "archived", "extra", "ignore", ...attributeKeys]);

export const checkImportSchema = z.strictObject({
  importId,
  mode,
  /** One for each column, in the file's order. */
  targets: z.array(target).min(1).max(csvLimits.columnsMax),
});

export const importIdSchema = z.strictObject({ importId });

export type UploadImport = z.infer<typeof uploadImportSchema>;
export type CheckImport = z.infer<typeof checkImportSchema>;
export type ImportId = z.infer<typeof importIdSchema>;
