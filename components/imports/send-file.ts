import { fetchJson, LostAnswerError } from "@/components/ui/fetch-json";
import type { Outcome, Refused } from "@/components/ui/actions/outcome";
import { csvLimits } from "@/lib/csv/limits";

/** Streams a file to a route of ours: neither browser nor server holds all of it. */
export async function sendFile<T>(path: string, file: Blob): Promise<Outcome<T>> {
  // The server would abort the upload, and a browser reports that as a network error.
  if (file.size > csvLimits.bytesMax) {
    return refuse(
      "The file is larger than 50 MB. Nothing was sent. Split the file, and import the parts one by one.",
    );
  }
  try {
    const init = { method: "POST", body: file, headers: { "Content-Type": "text/csv" } };
    return { ok: true, data: await fetchJson<T>(path, init) };
  } catch (error) {
    if (error instanceof Error && !(error instanceof LostAnswerError)) return refuse(error.message);
    return refuse("The upload stopped. Nothing was kept. Check the network and upload the file again.");
  }
}

/** The file that a form holds, or null. */
export function findFile(form: FormData): File | null {
  const file = form.get("file");
  return file instanceof File && file.name !== "" ? file : null;
}

/** How the form says that its file is to be read; what it leaves to detect is left out. See FileReadingFields. */
export function toReading(form: FormData): Record<string, string> {
  const chosen = { encoding: text(form, "encoding"), delimiter: delimiterOf[text(form, "delimiter")] ?? "" };
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== "" && value !== "auto"));
}

/** A tab character is invisible in a list and is lost as a form value. */
const delimiterOf: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };

export function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "");
}

export function refuse(message: string): Refused {
  return { ok: false, message, fields: {} };
}
