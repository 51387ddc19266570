import { findFile, refuse, sendFile, text, toReading } from "@/components/imports/send-file";
import type { Outcome } from "@/components/ui/actions/outcome";

export type ImportedExclusions = {
  added: number;
  known: number;
  managed: number;
  /** The first few. */
  problems: { row: number; message: string }[];
};

/** Uploads the form's file, else its text, to exclude the people whom it marks as not managed. */
export async function uploadExclusions(form: FormData): Promise<Outcome<ImportedExclusions>> {
  const pasted = text(form, "text");
  const file = findFile(form) ?? (pasted.trim() === "" ? null : new Blob([pasted]));
  if (!file) return refuse("There is neither a file nor text. Choose a file, or paste its text.");
  const query = new URLSearchParams({ note: text(form, "note"), ...toReading(form) });
  return sendFile(`/api/tenants/${text(form, "tenantId")}/exclusions?${query}`, file);
}
