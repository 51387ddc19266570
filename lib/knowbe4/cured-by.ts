import { catalogue, type CatalogueCode } from "@/lib/knowbe4/catalogue";
import type { Cure } from "@/lib/knowbe4/cure";

/**
 * Whether one of these cures ends a trouble.
 * @param code as stored; null or a code unknown to this version has no cure.
 */
export function isCuredBy(code: string | null, ...cures: readonly Cure[]): boolean {
  if (code === null || !Object.hasOwn(catalogue, code)) return false;
  return cures.includes(catalogue[code as CatalogueCode].curedBy);
}

/** All codes with a cure, for a query over stored codes. */
export function codesCuredBy(cure: Cure): CatalogueCode[] {
  return (Object.keys(catalogue) as CatalogueCode[]).filter((code) => catalogue[code].curedBy === cure);
}
