import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";
import { csvLimits } from "@/lib/csv/limits";
import type { Outcome, Refused } from "@/components/ui/actions/outcome";

/** The result of an upload: its import, or why it failed. */
type Uploaded = Outcome<{ importId: string }>;

/** Streams a form's file: neither browser nor server holds all of it. */
export async function uploadFile(form: FormData): Promise<Uploaded> {
  const file = form.get("file");
  if (!(file instanceof File) || file.name === "") return refuse("No file is chosen. Choose one.");
  // The server would abort the upload, and a browser reports that as a network error.
  if (file.size > csvLimits.bytesMax) {
    return refuse(
      "The file is larger than 50 MB. Nothing was sent. Split the file, and import the parts one by one.",
    );
  }
  const query = new URLSearchParams({ fileName: file.name });
  const chosen = {
    tenantId: text(form, "where") === "one" ? text(form, "tenantId") : "",
    encoding: text(form, "encoding"),
    delimiter: delimiterOf[text(form, "delimiter")] ?? "",
  };
  if (text(form, "where") === "one" && chosen.tenantId === "") {
    return refuse("No tenant is chosen. Choose one, or choose “A column names the tenant”.");
  }
  for (const [name, value] of Object.entries(chosen))
    if (value !== "" && value !== "auto") query.set(name, value);
  return send(`/api/imports?${query}`, file);
}

/** A tab character is invisible in a list and is lost as a form value. */
const delimiterOf: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };

async function send(path: string, file: File): Promise<Uploaded> {
  try {
    const init = { method: "POST", body: file, headers: { "Content-Type": "text/csv" } };
    const data = await fetchJson<{ importId: string }>(path, init);
    return { ok: true, data };
  } catch (error) {
    if (error instanceof Error && !(error instanceof LostAnswerError)) return refuse(error.message);
    return refuse("The upload stopped. Nothing was kept. Check the network and upload the file again.");
  }
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "");
}

function refuse(message: string): Refused {
  return { ok: false, message, fields: {} };
}
