import type { Refusal } from "@/components/ui/actions/outcome";

/** A server takes a form of about a megabyte at most and says nothing readable about a larger one. */
const FIELD_CHARS_MAX = 100_000;

/** What to say, by field name, about text that is too much to be sent at all: a file pasted by mistake. */
export function findOversize(form: FormData): Record<string, string> | null {
  const tooLong = [...form].filter(
    ([, value]) => typeof value === "string" && value.length > FIELD_CHARS_MAX,
  );
  if (tooLong.length === 0) return null;
  return Object.fromEntries(
    tooLong.map(([name, value]) => [
      name,
      `This is ${value.toString().length.toLocaleString("en-GB")} characters long, too much to be sent. Nothing was saved. Shorten it.`,
    ]),
  );
}

/** Refused here, because the server would refuse it without words. Nothing was sent. */
export function refuseOversize(form: FormData): Refusal | null {
  const fields = findOversize(form);
  return (
    fields && {
      ok: false,
      cause: "refused",
      message: "Something in the form is too long to be sent. Nothing was saved.",
      fields,
    }
  );
}
