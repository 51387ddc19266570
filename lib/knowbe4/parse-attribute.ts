import { type AttributeKey, attributes } from "@/lib/knowbe4/attributes";

export type ParsedAttribute = { ok: true; value: string } | { ok: false; message: string };

/**
 * Normalizes one value for sending: trimmed, in Unicode's composed form (NFC), within its length, without control
 * characters, addresses and dates in the one form KnowBe4 takes. Names in any script, with emoji, or written right to
 * left are fine; characters that reverse the text around them are refused, because they disguise it.
 */
export function parseAttribute(key: AttributeKey, raw: string): ParsedAttribute {
  const { label, lengthMax, kind } = attributes[key];
  const value = raw.trim().normalize("NFC");
  if (value === "") return refuse(`${label} is empty. Leave it out, or clear it.`);
  if (!value.isWellFormed()) return refuse(`${label} holds half a character. Type it again.`);
  if (/\p{Cc}/u.test(value)) return refuse(`${label} holds a line break or control character. Remove it.`);
  if (/[\u202a-\u202e\u2066-\u2069]/.test(value)) {
    return refuse(`${label} holds an invisible character that reverses text. Type it again.`);
  }
  const length = [...value].length;
  if (length > lengthMax) return refuse(`${label} has ${length} characters. At most ${lengthMax} fit.`);
  if (kind === "email") return parseEmail(label, value);
  if (kind === "date") return parseDate(label, value);
  return { ok: true, value };
}

/**
 * Accepts the form that browsers accept (WHATWG HTML, "valid e-mail address"), with a dot in the domain. Letters
 * outside ASCII are refused although RFC 6531 allows them: in an import such an address is usually a typing error,
 * some SCIM servers do not find it again (so each run would create it again), and phishing tests must reach it. The
 * case stays as typed; `userNameKey` is for comparing.
 */
function parseEmail(label: string, value: string): ParsedAttribute {
  const shape =
    /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;
  if (shape.test(value)) return { ok: true, value };
  if (/[^\x20-\x7e]/.test(value)) {
    return refuse(
      `${label} "${value}" has letters that mail systems may refuse. Use the address in plain letters.`,
    );
  }
  return refuse(`${label} "${value}" is not an e-mail address. Write it as name@example.com.`);
}

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Converts ISO 8601 to `2022-04-04T04:23:30Z`, the form KnowBe4's Okta guide asks for. Without a zone it is UTC, and
 * without a time midnight, so that one file gives the same dates on every machine.
 */
function parseDate(label: string, value: string): ParsedAttribute {
  const [, day, minutes = "00:00", seconds = "00", zone = "Z"] = isoDate.exec(value) ?? [];
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
  const at = new Date(`${day}T${minutes}:${seconds}${offset}`);
  // V8 reads 30 February as 1 March, so the date itself must round-trip.
  const exists = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || !exists.toISOString().startsWith(String(day))) {
    return refuse(`${label} "${value}" is not a date. Write it as 2022-04-04T04:23:30Z.`);
  }
  return { ok: true, value: at.toISOString().replace(/\.\d+Z$/, "Z") };
}

function refuse(message: string): ParsedAttribute {
  return { ok: false, message };
}
