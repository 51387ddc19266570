import { generateKeyPairSync, sign } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GENESIS_LINK, leafOf, linkOf, sealBytes } from "@/lib/audit/log/chain";
import { createLogUnderTest, type LogUnderTest, query, rows } from "@/test/audit-log";
import type { BrokenKind } from "@/lib/audit/log/verdict";
import { sizeOf } from "@/test/run-length";

let log: LogUnderTest;

/** Events 1 to 9 in three seals of three, then event 10, which waits. */
beforeEach(async () => {
  log = await createLogUnderTest();
  for (const first of [1, 4, 7]) {
    await log.append(
      ...[0, 1, 2].map((n) => ({ action: "tenant.renamed" as const, target: `tenant ${first + n}` })),
    );
    await log.seal();
  }
  await log.append({ action: "tenant.paused", target: "tenant 10" });
});
afterEach(() => log.end());

test("an untouched log is whole, and the waiting event is counted separately", async () => {
  const { verdict, since } = await log.verify();
  expect(verdict).toMatchObject({ ok: true, sealedTo: { eventId: 9, seq: 9, sealNumber: 3 } });
  expect(verdict.tally).toEqual({ events: 10, links: 9, seals: 3, anchors: 3, waiting: 1 });
  expect(since).toBeNull();
});

describe("without its anchors a log is not whole, whatever the database says", () => {
  const cases: [is: string, change: (file: string, lines: string[]) => Promise<void>, found: object][] = [
    ["is missing", (file) => rm(file), { kind: "missing-anchor", sealNumber: 1 }],
    ["is empty", (file) => writeFile(file, ""), { kind: "missing-anchor", sealNumber: 1 }],
    [
      "lacks its end",
      (file, lines) => writeFile(file, lines.slice(0, 2).join("\n")),
      { kind: "missing-anchor", sealNumber: 2 },
    ],
    [
      "lacks its start",
      (file, lines) => writeFile(file, lines.slice(2).join("\n")),
      { kind: "missing-anchor", sealNumber: 1 },
    ],
    [
      "lacks one in the middle",
      (file, lines) => writeFile(file, lines.filter((line) => !line.startsWith('{"n":2,')).join("\n")),
      { kind: "missing-anchor", sealNumber: 2 },
    ],
  ];

  test.each(cases)("when the file %s", async (_, change, found) => {
    const { anchorFile } = log.sealing;
    await change(anchorFile, (await readFile(anchorFile, "utf8")).split("\n"));
    const { verdict } = await log.verify();
    expect(verdict.ok ? null : verdict.broken).toMatchObject(found);
  });

  test("and the end of a log that was cut with its anchors does not pass as a first start", async () => {
    await log.attack(
      "DELETE FROM seal WHERE number > 2",
      "DELETE FROM event_link WHERE seq > 6",
      "DELETE FROM event_pending",
      "DELETE FROM event WHERE id > 6",
    );
    await rm(log.sealing.anchorFile);
    expect((await log.verify()).verdict.ok).toBe(false);
    await expect(log.seal()).rejects.toThrow(/anchors .* missing/);
  });

  test("but the newest seal's may be on its way", async () => {
    const lines = (await readFile(log.sealing.anchorFile, "utf8")).split("\n");
    await writeFile(log.sealing.anchorFile, lines.filter((line) => !line.startsWith('{"n":3,')).join("\n"));
    expect((await log.verify()).verdict.ok).toBe(true);
  });
});

describe("an owner with every guard disabled is detected, by the first broken item", () => {
  const attacks: [
    does: string,
    statements: string[],
    found: { kind: BrokenKind; eventId?: number; seq?: number },
  ][] = [
    [
      "edits a body",
      ["UPDATE event SET body = replace(body, 'tenant 5', 'tenant x') WHERE id = 5"],
      { kind: "edited-event", eventId: 5 },
    ],
    [
      "edits a body and recomputes its leaf",
      [`UPDATE event SET body = replace(body, 'tenant 5', 'tenant x') WHERE id = 5`, newLeaf(5)],
      { kind: "edited-event", eventId: 5 },
    ],
    [
      "edits a body, its leaf and the leaf in its link",
      [
        "UPDATE event SET body = replace(body, 'tenant 5', 'tenant x') WHERE id = 5",
        newLeaf(5),
        "UPDATE event_link SET leaf = (SELECT leaf FROM event WHERE id = 5) WHERE event_id = 5",
      ],
      { kind: "forged-link", eventId: 5, seq: 5 },
    ],
    [
      "moves an event in time",
      ["UPDATE event SET at = at - interval '1 microsecond' WHERE id = 4"],
      { kind: "edited-event", eventId: 4 },
    ],
    [
      "edits what the filters read",
      ["UPDATE event SET action = 'tenant.probed' WHERE id = 6"],
      { kind: "edited-column", eventId: 6 },
    ],
    [
      "hides an event in another tenant",
      ["UPDATE event SET tenant_id = gen_random_uuid() WHERE id = 6"],
      { kind: "edited-column", eventId: 6 },
    ],
    ["deletes an event", ["DELETE FROM event WHERE id = 2"], { kind: "missing-event", eventId: 2 }],
    [
      "deletes an event and its link",
      ["DELETE FROM event WHERE id = 2", "DELETE FROM event_link WHERE event_id = 2"],
      { kind: "gap", seq: 3 },
    ],
    [
      "swaps two events",
      [
        "UPDATE event_link SET event_id = -event_id WHERE event_id IN (2, 8)",
        "UPDATE event_link AS l SET event_id = e.id, leaf = e.leaf FROM event e WHERE l.event_id < 0 AND e.id = 10 + l.event_id",
      ],
      { kind: "reordered", eventId: 8, seq: 2 },
    ],
    [
      "puts an event in",
      [
        "ALTER TABLE event ENABLE TRIGGER event_complete",
        `INSERT INTO event (body) VALUES ('{"action":"tenant.paused","target":"tenant 11"}')`,
      ],
      { kind: "inserted-event", eventId: 11 },
    ],
    [
      "edits an event that waits for its seal",
      ["UPDATE event SET body = replace(body, 'tenant 10', 'tenant x') WHERE id = 10"],
      { kind: "edited-event", eventId: 10 },
    ],
    [
      "deletes an event that waits for its seal",
      ["DELETE FROM event WHERE id = 10"],
      { kind: "missing-event", eventId: 10 },
    ],
    [
      "has a sealed event sealed again",
      ["INSERT INTO event_pending VALUES (3)"],
      { kind: "pending-again", eventId: 3 },
    ],
    ["deletes a seal", ["DELETE FROM seal WHERE number = 2"], { kind: "missing-seal", seq: 9 }],
    ["deletes the newest seal", ["DELETE FROM seal WHERE number = 3"], { kind: "unsealed-link", seq: 7 }],
    [
      "edits a seal",
      ["UPDATE seal SET at = at - interval '1 day' WHERE number = 1"],
      { kind: "bad-signature", seq: 3 },
    ],
    ["deletes the end of the links", ["DELETE FROM event_link WHERE seq > 8"], { kind: "cut-tail", seq: 9 }],
    [
      "deletes the end of the log with its seals, as restoring an older copy does",
      [
        "DELETE FROM seal WHERE number > 2",
        "DELETE FROM event_link WHERE seq > 6",
        "DELETE FROM event_pending",
        "DELETE FROM event WHERE id > 6",
      ],
      { kind: "cut-tail", seq: 9 },
    ],
  ];

  /** One of each kind: an event, its link, a seal, the end of the log. The long run has all. */
  const worst =
    /^(edits a body$|edits what|deletes an event and|swaps|puts|deletes the newest seal|edits a seal|deletes the end of the log)/;

  test.each(sizeOf({ short: attacks.filter(([does]) => worst.test(does)), long: attacks }))(
    "who %s",
    async (_, statements, found) => {
      await log.attack(...statements);
      const { verdict } = await log.verify();
      expect(verdict.ok ? null : verdict.broken).toMatchObject(found);
    },
  );

  test.each([
    ["a key of their own", "another-key"],
    ["a key of their own under the name of ours", null],
  ])("who recomputes the past and signs it with %s", async (_, keyId) => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const signer = (bytes: Uint8Array) => sign(null, bytes, privateKey).toString("base64url");
    await rewritePast(signer, keyId ?? log.sealing.key.keyId);
    const { verdict } = await log.verify();
    expect(verdict.ok ? null : verdict.broken).toMatchObject({ kind: "bad-signature", sealNumber: 1 });
  });

  test("who stole the sealer's key and recomputes the past, by the anchors", async () => {
    await rewritePast(log.sealing.signer.sign, log.sealing.key.keyId);
    const { verdict } = await log.verify();
    expect(verdict.ok ? null : verdict.broken).toMatchObject({ kind: "rewritten-seal", sealNumber: 1 });
  });
});

test("a part of the log is verified from a seal on, and the verdict names the seal", async () => {
  await log.attack("UPDATE event SET body = replace(body, 'tenant 1', 'tenant x') WHERE id = 1");
  const newest = await log.verify(4);
  expect(newest.verdict).toMatchObject({ ok: true, tally: { links: 6, seals: 2, waiting: 1 } });
  expect(newest.since?.number).toBe(1);
  expect((await log.verify()).verdict.ok).toBe(false);
});

/** Edits event 3 and recomputes everything after it, as an attacker who knows the chain would. */
async function rewritePast(signer: (bytes: Uint8Array) => string, keyId: string): Promise<void> {
  const edited = "UPDATE event SET body = replace(body, 'tenant 3', 'tenant x') WHERE id = 3";
  await log.attack(edited);
  const events = await rows(
    log.ownerUrl,
    `SELECT id, body, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text
     FROM event WHERE id < 10 ORDER BY id`,
  );
  const statements: string[] = [];
  let link = GENESIS_LINK;
  for (const [index, { id, body, at_text }] of events.entries()) {
    const seq = index + 1;
    const leaf = leafOf({ id: Number(id), atText: String(at_text), body: String(body) });
    link = linkOf(link, leaf);
    statements.push(
      `UPDATE event SET leaf = '\\x${leaf}' WHERE id = ${id}`,
      `UPDATE event_link SET leaf = '\\x${leaf}', link = '\\x${link}' WHERE seq = ${seq}`,
    );
    if (seq % 3 !== 0) continue;
    const head = { number: seq / 3, seqTo: seq, link, at: "2026-01-01T00:00:00.000Z" };
    statements.push(
      `UPDATE seal SET link = '\\x${link}', at = '${head.at}', key_id = '${keyId}',
         signature = '${signer(sealBytes(head))}' WHERE number = ${head.number}`,
    );
  }
  await query(log.ownerUrl, ...statements);
}

function newLeaf(id: number): string {
  return `UPDATE event SET leaf = sha256('\\x00'::bytea || convert_to(id || '|' ||
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '|' || body, 'UTF8')) WHERE id = ${id}`;
}
