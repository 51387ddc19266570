/**
 * Writes names into one cell, as `All; "R&D; Berlin"; VPN`: separated by semicolons, and in quotes, doubled inside,
 * where a name holds a separator or begins with a quote. It is the rule of CSV itself (RFC 4180, section 2), one level
 * further in (decision 43).
 */
export function toNameList(names: readonly string[]): string {
  return names.map(quoteName).join("; ");
}

function quoteName(name: string): string {
  // Composed, as it is read: this form turns a Greek question mark into a semicolon.
  const trimmed = name.trim().normalize("NFC");
  return /[;|]|^"/.test(trimmed) ? `"${trimmed.replaceAll('"', '""')}"` : trimmed;
}

/**
 * Reads such a cell. Names may be separated by ; or |, as other systems do. Blank names are left out.
 * @param known names that are read as one without quotes too, in any case
 */
export function readNameList(cell: string, known: readonly string[] = []): string[] {
  return [...cell.normalize("NFC").matchAll(toPattern(known))]
    .map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? "").trim())
    .filter((name) => name !== "");
}

/** One name and what separates it from the next: quoted as a whole, a known one, else anything up to a separator. */
function toPattern(known: readonly string[]): RegExp {
  const parted = known
    .map((name) => name.trim().normalize("NFC"))
    .filter((name) => /[;|]/.test(name))
    .toSorted((a, b) => b.length - a.length);
  const wholes = parted.map((name) => `${escape(name)}(?=\\s*(?:[;|]|$))`);
  const plain = [...wholes, "[^;|]*"].join("|");
  return new RegExp(`\\s*(?:"((?:[^"]|"")*)"\\s*(?=[;|]|$)|(${plain}))\\s*(?:[;|]|$)`, "giuy");
}

/** Node has RegExp.escape from version 24 on. */
function escape(text: string): string {
  return text.replace(/[\^$.*+?()[\]{}|/\\]/g, "\\$&");
}
