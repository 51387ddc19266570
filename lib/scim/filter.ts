/**
 * `attribute eq "value"` (RFC 7644 section 3.4.2.2, where a comparison value is a JSON string, so JSON's escapes
 * apply). No other operator is offered: some servers silently return nothing for `and`, others refuse it.
 */
export function equalsFilter(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value.toWellFormed())}`;
}

/**
 * The key by which names are compared: trimmed, composed, in lower case (userName is not case-exact, RFC 7643 4.1.1).
 */
export function toNameKey(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}
