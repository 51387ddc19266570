import { type CatalogueCode, catalogue } from "@/lib/knowbe4/catalogue";

/** A stored reason as a catalogue code; what an older version stored and this one does not know is "unexpected". */
export function toCatalogueCode(reason: string): CatalogueCode {
  return Object.hasOwn(catalogue, reason) ? (reason as CatalogueCode) : "unexpected";
}
