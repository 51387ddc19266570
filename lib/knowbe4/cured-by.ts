import { catalogue, type CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { Cure } from "@/lib/knowbe4/cure";

/**
 * Whether one of these ends a trouble.
 * @param code as it is stored: of null, or of a code that this version does not know, nothing is known to end it.
 */
export function isCuredBy(code: string | null, ...cures: readonly Cure[]): boolean {
  if (code === null || !Object.hasOwn(catalogue, code)) return false;
  return cures.includes(catalogue[code as CatalogueCode].curedBy);
}

/** All codes of a cure, for a query over stored codes. */
export function codesCuredBy(cure: Cure): CatalogueCode[] {
  return (Object.keys(catalogue) as CatalogueCode[]).filter((code) => catalogue[code].curedBy === cure);
}
