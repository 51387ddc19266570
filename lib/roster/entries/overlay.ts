import { parseAttribute } from "@/lib/knowbe4/parse-attribute";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import type { FieldName, ListedPerson, Listing, RosterEntry } from "@/lib/roster/model/types";

export type OverlayProblem = { userName: string; message: string };

export type Rename = { from: string; to: string };

export type Overlaid = {
  /** All entries afterwards: the existing ones in their order, then new ones in the listing's. */
  entries: readonly RosterEntry[];
  /** The entries that changed. */
  changed: readonly RosterEntry[];
  /** Entries with a new address, as userNameKeys. */
  renames: readonly Rename[];
  problems: readonly OverlayProblem[];
};

export type OverlayRules = {
  /** When the listing was delivered; absence begins then. */
  at: Date;
  /** Operators' values that end when the source delivers a field; see toYieldingKeys. */
  yielding: ReadonlyMap<FieldName, readonly string[]>;
  /** The field with the source's own id of a person, which recognizes them under another address. */
  idField: FieldName | null;
};

/**
 * Applies one delivery to a roster. Blank or absent cells never clear a value. Only a complete listing marks people
 * absent, and only those of its own source or found at adoption, never people whom operators or other sources added.
 * A person with a new address and the id of an entry that is no longer listed is that entry's person: treating them
 * as two would archive one and create the other without history.
 */
export function overlay(entries: readonly RosterEntry[], listing: Listing, rules: OverlayRules): Overlaid {
  const problems: OverlayProblem[] = [];
  const listed = toFirstOfEach(listing.people.filter(toSendable(entries, problems)), problems);
  const renamed = findRenamed(entries, listed, rules.idField);
  const unseen = new Map(listed);
  const changed: RosterEntry[] = [];
  const renames: Rename[] = [];
  const after = entries.map((entry) => {
    const to = renamed.get(entry.userNameKey);
    const key = to ?? entry.userNameKey;
    const person = listed.get(key);
    unseen.delete(key);
    const next = person ? update(entry, { key, person }, listing, rules) : miss(entry, listing, rules);
    if (next !== entry) changed.push(next);
    if (to !== undefined) renames.push({ from: entry.userNameKey, to });
    return next;
  });
  const created = [...unseen].map(([key, person]) => create(key, person, listing));
  return { entries: [...after, ...created], changed: [...changed, ...created], renames, problems };
}

/** A new address must be valid to send; an existing one stays, whatever its form. */
function toSendable(entries: readonly RosterEntry[], problems: OverlayProblem[]) {
  const known = new Set(entries.map(({ userNameKey: key }) => key));
  return ({ userName }: ListedPerson): boolean => {
    if (known.has(userNameKey(userName))) return true;
    const address = parseAttribute("userName", userName);
    if (!address.ok) problems.push({ userName, message: address.message });
    return address.ok;
  };
}

/**
 * Finds entries that are no longer listed under their address, and the listed person with the same id. An id that two
 * entries or two rows share is ignored.
 * @returns userNameKeys: from the entry's to the listed person's.
 */
function findRenamed(
  entries: readonly RosterEntry[],
  listed: ReadonlyMap<string, ListedPerson>,
  idField: FieldName | null,
): ReadonlyMap<string, string> {
  if (idField === null) return new Map();
  const known = new Set(entries.map(({ userNameKey: key }) => key));
  const people = [...listed].filter(([key]) => !known.has(key));
  const toKeys = Map.groupBy(people, ([, person]) => idOf(person.fields, idField));
  const missed = entries.filter((entry) => !listed.has(entry.userNameKey));
  const renamed = new Map<string, string>();
  for (const [id, [first, second]] of Map.groupBy(missed, ({ fields }) => idOf(fields, idField))) {
    const [to, other] = toKeys.get(id) ?? [];
    if (id !== "" && first && to && !second && !other) renamed.set(first.userNameKey, to[0]);
  }
  return renamed;
}

function idOf(fields: Readonly<Record<FieldName, string>>, idField: FieldName): string {
  return Object.hasOwn(fields, idField) ? (fields[idField]?.trim() ?? "") : "";
}

/** Keeps one row for each address, in any case. The first wins: a later row must not undo an earlier one. */
export function toFirstOfEach(
  people: readonly ListedPerson[],
  problems: OverlayProblem[],
): Map<string, ListedPerson> {
  const firsts = new Map<string, ListedPerson>();
  for (const person of people) {
    const key = userNameKey(person.userName);
    if (!firsts.has(key)) firsts.set(key, person);
    else {
      const message = `${person.userName} is listed twice. The first row is used. Delete the other one.`;
      problems.push({ userName: person.userName, message });
    }
  }
  return firsts;
}

function create(key: string, person: ListedPerson, { source }: Listing): RosterEntry {
  return {
    userNameKey: key,
    userName: person.userName.trim().normalize("NFC"),
    source,
    resourceId: null,
    fields: toSaid(person.fields),
    overrides: {},
    groups: person.groups ?? [],
    active: person.active ?? true,
    absentAt: null,
  };
}

function update(
  entry: RosterEntry,
  { key, person }: { key: string; person: ListedPerson },
  listing: Listing,
  { yielding }: OverlayRules,
): RosterEntry {
  const said = toSaid(person.fields);
  const ended = new Set(Object.keys(said).flatMap((name) => yielding.get(name) ?? []));
  const next: RosterEntry = {
    ...entry,
    userNameKey: key,
    userName: key === entry.userNameKey ? entry.userName : person.userName.trim().normalize("NFC"),
    source: toSource(entry, listing),
    fields: addsNothing(entry.fields, said) ? entry.fields : { ...entry.fields, ...said },
    overrides: without(entry.overrides, ended),
    groups: person.groups && !sameList(person.groups, entry.groups) ? person.groups : entry.groups,
    active: person.active ?? entry.active,
    absentAt: null,
  };
  const isSame = (Object.keys(next) as (keyof RosterEntry)[]).every((name) => next[name] === entry[name]);
  return isSame ? entry : next;
}

/** A full listing takes over everybody it names; a delta leaves operators' people with them. */
function toSource(entry: RosterEntry, { mark, source }: Listing): RosterEntry["source"] {
  return mark === "delta" && entry.source === "operator" ? entry.source : source;
}

function miss(entry: RosterEntry, listing: Listing, { at }: OverlayRules): RosterEntry {
  const isTheirs = entry.source === listing.source || entry.source === "inventory";
  if (listing.mark !== "complete" || !isTheirs || entry.absentAt) return entry;
  return { ...entry, absentAt: at };
}

function toSaid(fields: ListedPerson["fields"]): Record<FieldName, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
}

function addsNothing(fields: RosterEntry["fields"], said: Record<FieldName, string>): boolean {
  return Object.entries(said).every(([name, value]) => Object.hasOwn(fields, name) && fields[name] === value);
}

function without(overrides: RosterEntry["overrides"], ended: ReadonlySet<string>): RosterEntry["overrides"] {
  const left = Object.entries(overrides).filter(([name]) => !ended.has(name));
  return left.length === Object.keys(overrides).length ? overrides : Object.fromEntries(left);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
