import { type CatalogueCode, catalogue } from "@/lib/knowbe4/catalogue";

/** A stored reason as a catalogue code; an unknown one, from an older version, is "unexpected". */
export function toCatalogueCode(reason: string): CatalogueCode {
  return Object.hasOwn(catalogue, reason) ? (reason as CatalogueCode) : "unexpected";
}
