import { toNameKey } from "@/lib/scim/filter";

/**
 * The form in which user names are compared: trimmed, composed (NFC), in lower case. It is never sent: KnowBe4 gets
 * the address as it was typed.
 */
export function userNameKey(userName: string): string {
  return toNameKey(userName);
}
