import "server-only";
import type { Transaction } from "@/lib/db/transaction";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { csvSource } from "@/lib/roster/entries/csv-source";
import { toIdField, toYieldingKeys } from "@/lib/roster/policy/mapping";
import { overlay, type Overlaid, toFirstOfEach } from "@/lib/roster/entries/overlay";
import type { RosterPolicy } from "@/lib/roster/policy/policy";
import { findEntryKeys, readEntries } from "@/lib/roster/entries/read-entries";
import type { FieldName, ListedPerson, ListingFacts } from "@/lib/roster/model/types";

type Input = {
  tenantId: string;
  importId: string;
  policy: RosterPolicy;
  /** False: absent people stay, as if the file were known to lack rows. */
  marksAbsence: boolean;
};

/**
 * The roster as it would be after a file. Both the plan and the later write use this.
 * @returns of a merged file only the people it names; of a full one everybody.
 */
export async function readOverlaid(
  tx: Transaction,
  { tenantId, importId, policy: { mapping }, marksAbsence }: Input,
): Promise<Overlaid & { listing: ListingFacts }> {
  const listing = await csvSource(tx, { tenantId, importId }).deliver();
  const { source, mark, people } = listing;
  const facts = {
    source,
    mark,
    entries: toFirstOfEach(people, []).size,
    previous: await countPrevious(tx, { tenantId, source }),
  };
  const idField = toIdField(mapping);
  const keys = mark === "delta" ? await listConcerned(tx, tenantId, people, idField) : null;
  const entries = await readEntries(tx, { tenantId, keys });
  const rules = { at: new Date(), yielding: toYieldingKeys(mapping), idField };
  const said = marksAbsence || mark === "delta" ? listing : { ...listing, mark: "incomplete" as const };
  return { ...overlay(entries, said, rules), listing: facts };
}

/** The entries of the given people: under their current addresses, or those they were last listed with. */
async function listConcerned(
  tx: Transaction,
  tenantId: string,
  people: readonly ListedPerson[],
  idField: FieldName | null,
): Promise<string[]> {
  const keys = people.map(({ userName }) => userNameKey(userName));
  if (idField === null) return keys;
  const ids = people.flatMap(({ fields }) => fields[idField] ?? []);
  const known = await findEntryKeys(tx, { tenantId, field: idField, ids });
  return [...keys, ...known.map((entry) => entry.userNameKey)];
}

/** Counts the people whom a complete listing of the source covers: its own, and those found at adoption. */
async function countPrevious(
  tx: Transaction,
  { tenantId, source }: { tenantId: string; source: string },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM roster_entry
     WHERE tenant_id = ${tenantId}::uuid AND active AND absent_at IS NULL AND source IN (${source}, 'inventory')`;
  return row?.people ?? 0;
}
