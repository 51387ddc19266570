import { generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  GENESIS_LINK,
  leafOf,
  type Link,
  linkOf,
  type LoggedEvent,
  type Seal,
  sealBytes,
} from "@/lib/audit/log/chain";
import { GENESIS, type LogReading, type SealKey } from "@/lib/audit/log/log-reading";
import { verifyChain } from "@/lib/audit/log/verify-chain";
import { propertyRuns } from "@/test/run-length";

/** The tables of the log and its anchor file, as arrays; `read` joins them as the queries of read-log.ts do. */
type Tables = { event: LoggedEvent[]; pending: number[]; link: Link[]; seal: Seal[]; anchor: Seal[] };

const pair = generateKeyPairSync("ed25519");
const key: SealKey = {
  keyId: "the-key",
  verify: (bytes, signature) => verify(null, bytes, pair.publicKey, Buffer.from(signature, "base64url")),
};

describe("any single mutation of a log is found", () => {
  test("an untouched log of any shape is whole", async () => {
    await fc.assert(
      fc.asyncProperty(shape, async (sealSizes) => {
        const tables = makeTables(sealSizes);
        const verdict = await verifyChain(read(tables), key);
        expect(verdict).toMatchObject({ ok: true, tally: { waiting: tables.pending.length } });
      }),
    );
  });

  test("a field changed, a row removed, doubled, moved or swapped", async () => {
    await fc.assert(
      fc.asyncProperty(shape, mutation, async (sealSizes, { table, edit, row, other, field, noise }) => {
        const tables = makeTables(sealSizes);
        const before = JSON.stringify(tables);
        mutations[edit](tables, table, { row, other, field, noise });
        fc.pre(JSON.stringify(tables) !== before);
        const verdict = await verifyChain(read(tables), key);
        expect(verdict.ok, `${edit} in ${table}`).toBe(false);
        if (!verdict.ok) expect(verdict.broken.message).toMatch(/^(Event|Link|Seal) /);
      }),
      { numRuns: propertyRuns(3_000) },
    );
  });
});

test("the first broken item is reported, not the last", async () => {
  const tables = makeTables([4, 4]);
  for (const row of [5, 2, 7]) Object.assign(tables.event[row] ?? {}, { body: "{}" });
  const verdict = await verifyChain(read(tables), key);
  expect(verdict.ok ? null : verdict.broken).toMatchObject({ kind: "edited-event", eventId: 3 });
});

test("a moved row is distinguished from a forged one, and its original position is named", async () => {
  const tables = makeTables([10, 1]);
  const [second, ninth] = [tables.link[1], tables.link[8]];
  if (second && ninth) [second.seq, ninth.seq] = [ninth.seq, second.seq];
  const verdict = await verifyChain(read(tables), key);
  expect(verdict.ok ? null : verdict.broken).toMatchObject({ kind: "reordered", seq: 2, eventId: 9 });
  expect(verdict.ok ? "" : verdict.broken.message).toContain("Event 2, now at link 9, was sealed here.");
});

test("leaf, link and seal bytes are as documented, so that another program can verify an export", () => {
  const leaf = leafOf({ id: 7, atText: "2026-11-21T10:50:44.123456Z", body: '{"ä":1}' });
  expect(leaf).toBe("40ce8d8853c4e20e6554496230b585b53d4ee47b977d7f0242cfc426080e4735");
  expect(linkOf(GENESIS_LINK, leaf)).toBe("13205d5be219fe9d7f21db93cec7177c2d2962c37e30fe3ae8998f9f45e81d5c");
  const head = { number: 1, seqTo: 7, link: "ab", at: "2026-11-21T10:50:44.123Z" };
  expect(new TextDecoder().decode(sealBytes(head))).toBe(
    "rollcall-seal-v1\n1\n7\nab\n2026-11-21T10:50:44.123Z\n",
  );
});

/** The sizes of the seals; the last number counts waiting events. */
const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 });

const mutation = fc.record({
  table: fc.constantFrom("event", "pending", "link", "seal", "anchor"),
  edit: fc.constantFrom("change", "remove", "double", "swap", "insert"),
  row: fc.nat(40),
  other: fc.nat(40),
  field: fc.nat(10),
  noise: fc.integer({ min: 1, max: 1_000 }),
});

type Table = keyof Tables;
type Place = { row: number; other: number; field: number; noise: number };
type Row = Record<string, unknown>;

const mutations: Record<
  "change" | "remove" | "double" | "swap" | "insert",
  (t: Tables, table: Table, at: Place) => void
> = {
  change(tables, table, { row, field, noise }) {
    if (table === "pending") {
      if (tables.pending.length > 0) tables.pending[row % tables.pending.length] = noise;
      return;
    }
    const found = pick(rowsOf(tables, table), row);
    const name = pick(Object.keys(found), field);
    found[name] = alter(found[name], noise);
  },
  /** Without an anchor the log verifies as before. Anchors can be lost, so there should be several. */
  remove(tables, table, { row }) {
    if (table !== "anchor" && tables[table].length > 0) tables[table].splice(row % tables[table].length, 1);
  },
  /** Under a number of its own, because the database's keys refuse a duplicate. */
  double(tables, table, { row }) {
    if (table === "event") tables.event.push({ ...pick(tables.event, row), id: tables.event.length + 1 });
    if (table === "link") tables.link.push({ ...pick(tables.link, row), seq: tables.link.length + 1 });
    if (table === "seal") tables.seal.push({ ...pick(tables.seal, row), number: tables.seal.length + 1 });
  },
  /** Swaps two rows; keys and everything else stay. */
  swap(tables, table, { row, other }) {
    if (table === "pending") return;
    const keyName = { event: "id", link: "seq", seal: "number", anchor: "number" }[table];
    const [one, two]: [Row, Row] = [pick(rowsOf(tables, table), row), pick(rowsOf(tables, table), other)];
    [one[keyName], two[keyName]] = [two[keyName], one[keyName]];
  },
  /** A new row that is valid in itself. */
  insert(tables, table, { row }) {
    const id = tables.event.length + 1;
    const event = makeEvent(id);
    if (table === "event") tables.event.push(event);
    if (table === "pending") tables.pending.push(pick(tables.link, row).eventId);
    const head = tables.link.at(-1);
    if (table !== "link" || !head) return;
    tables.event.push(event);
    tables.link.push({
      seq: head.seq + 1,
      eventId: id,
      leaf: event.leaf,
      link: linkOf(head.link, event.leaf),
    });
  },
};

function rowsOf(tables: Tables, table: Exclude<Table, "pending">): Row[] {
  return tables[table];
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

function alter(value: unknown, noise: number): unknown {
  if (typeof value === "number") return value + noise;
  if (value === null) return `x${noise}`;
  const text = String(value);
  const at = noise % text.length;
  return `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;
}

function makeEvent(id: number): LoggedEvent {
  const content = { action: "tenant.paused", actor: { id: "test" }, changeId: `c-${id}`, target: "x" };
  const body = JSON.stringify(content);
  const atText = `2026-11-21T10:50:44.${String(id).padStart(6, "0")}Z`;
  const leaf = leafOf({ id, atText, body });
  return {
    id,
    atText,
    body,
    leaf,
    action: content.action,
    actorId: "test",
    tenantId: null,
    changeId: content.changeId,
  };
}

function makeTables(sizes: readonly number[]): Tables {
  const tables: Tables = { event: [], pending: [], link: [], seal: [], anchor: [] };
  let link = GENESIS_LINK;
  for (const [index, size] of sizes.entries()) {
    for (let made = 0; made < size; made += 1) {
      const event = makeEvent(tables.event.length + 1);
      tables.event.push(event);
      if (index === sizes.length - 1) {
        tables.pending.push(event.id);
        continue;
      }
      link = linkOf(link, event.leaf);
      tables.link.push({ seq: event.id, eventId: event.id, leaf: event.leaf, link });
    }
    if (index === sizes.length - 1) break;
    const head = { number: index + 1, seqTo: tables.link.length, link, at: "2026-11-21T10:50:45.000Z" };
    const signature = sign(null, sealBytes(head), pair.privateKey).toString("base64url");
    tables.seal.push({ ...head, signature, keyId: key.keyId });
    tables.anchor.push({ ...head, signature, keyId: key.keyId });
  }
  return tables;
}

function read({ event, pending, link, seal, anchor }: Tables): LogReading {
  const find = (id: number) => event.find((row) => row.id === id) ?? null;
  const isLinked = (id: number) => link.some(({ eventId }) => eventId === id);
  const links = link
    .toSorted((one, two) => one.seq - two.seq)
    .map((row) => ({ ...row, event: find(row.eventId), isPending: pending.includes(row.eventId) }));
  const loose = event
    .filter(({ id }) => !isLinked(id))
    .map((row) => ({ eventId: row.id, event: row, isPending: pending.includes(row.id), isLinked: false }));
  const gone = pending
    .filter((id) => !find(id))
    .map((eventId) => ({ eventId, event: null, isPending: true, isLinked: false }));
  return {
    start: GENESIS,
    links: stream(links),
    seals: stream(seal.toSorted((one, two) => one.number - two.number)),
    anchors: stream(
      anchor.map((row) => ({ anchor: row, seal: seal.find(({ number }) => number === row.number) ?? null })),
    ),
    due: { newest: seal.at(-1)?.number ?? 0, isEach: true },
    loose: stream([...loose, ...gone]),
  };
}

async function* stream<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
