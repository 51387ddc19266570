import { findFile, refuse, sendFile, text, toReading } from "@/components/imports/send-file";
import type { Outcome } from "@/components/ui/actions/outcome";

/** Uploads the form's file as an import, or says why not. */
export async function uploadFile(form: FormData): Promise<Outcome<{ importId: string }>> {
  const file = findFile(form);
  if (!file) return refuse("No file is chosen. Choose one.");
  const query = new URLSearchParams({ fileName: file.name, ...toReading(form) });
  if (text(form, "where") === "one") {
    const tenantId = text(form, "tenantId");
    if (tenantId === "")
      return refuse("No tenant is chosen. Choose one, or choose “A column names the tenant”.");
    query.set("tenantId", tenantId);
  }
  return sendFile(`/api/imports?${query}`, file);
}
