import { readFile, rm, writeFile } from "node:fs/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAnchors } from "@/lib/audit/log/anchors";
import { toEventBody } from "@/lib/audit/log/event-body";
import { as, createLogUnderTest, type LogUnderTest, query, rows, testScope } from "@/test/audit-log";
import { SEAL_EVENTS_MAX, sealPending } from "@/lib/audit/log/seal-pending";
import { sealOnce } from "@/lib/audit/log/seal-once";
import { systemScope } from "@/lib/auth/scope";
import { transaction } from "@/lib/db/transaction";

let log: LogUnderTest;
beforeEach(async () => {
  log = await createLogUnderTest();
});
afterEach(() => log.end());

const paused = { action: "tenant.paused", target: "Contoso" } as const;

test("16 writers whose transactions overlap the sealer's leave each event sealed exactly once", async () => {
  const writers = await Promise.all(Array.from({ length: 16 }, () => connect(log.webUrl)));
  const write = (writer: pg.Client) =>
    writer.query("INSERT INTO event (body) VALUES ($1)", [toEventBody(testScope, paused)]);
  try {
    let sealed = 0;
    // In each round half of the writers stay open during the seal, so ids commit out of order.
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(writers.map((writer) => writer.query("BEGIN")));
      await Promise.all(writers.flatMap((writer) => [write(writer), write(writer)]));
      const [early, late] = [writers.slice(8), writers.slice(0, 8)];
      const committing = early.map((writer) => writer.query("COMMIT"));
      sealed += await log.seal();
      await Promise.all(committing);
      sealed += await log.seal();
      await Promise.all(late.map((writer) => writer.query("COMMIT")));
    }
    sealed += await log.seal();
    expect(sealed).toBe(6 * 16 * 2);
    const { verdict } = await log.verify();
    expect(verdict).toMatchObject({ ok: true, tally: { events: 192, links: 192, waiting: 0 } });
  } finally {
    await Promise.all(writers.map((writer) => writer.end()));
  }
});

test("a sealer that dies before it commits leaves nothing half done, and the next one seals everything once", async () => {
  await log.append(paused, paused, paused);
  const { signer } = log.sealing;
  const dying = as(log.sealerUrl, () =>
    transaction(testScope, async (tx) => {
      await sealPending(tx, testScope, signer, new Date());
      await tx.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
    }),
  );
  await expect(dying).rejects.toThrow();
  expect(await log.seal()).toBe(3);
  expect(await log.seal()).toBe(0);
  expect((await log.verify()).verdict).toMatchObject({ ok: true, tally: { links: 3, seals: 1, anchors: 1 } });
});

test("a sealer that died after its commit and before its anchor is completed by the next one first", async () => {
  expect(await log.seal()).toBe(0);
  await log.append(paused);
  await as(log.sealerUrl, () =>
    transaction(testScope, (tx) => sealPending(tx, testScope, log.sealing.signer, new Date())),
  );
  await log.append(paused);
  expect(await log.seal()).toBe(0);
  expect(await anchoredNumbers()).toEqual([1]);
  expect(await log.seal()).toBe(1);
  expect(await anchoredNumbers()).toEqual([1, 2]);
});

test("two sealers at the same time seal each event once", async () => {
  await log.append(paused, paused);
  const counts = await as(log.sealerUrl, () =>
    Promise.all([1, 2].map(() => sealOnce(testScope, log.sealing, new Date()))),
  );
  expect(counts.toSorted()).toEqual([0, 2]);
  expect((await log.verify()).verdict.ok).toBe(true);
});

test("events beyond the size of one seal go into the next one", async () => {
  const body = toEventBody(testScope, paused);
  const count = SEAL_EVENTS_MAX + 1;
  await query(log.webUrl, `INSERT INTO event (body) SELECT '${body}' FROM generate_series(1, ${count})`);
  expect([await log.seal(), await log.seal()]).toEqual([SEAL_EVENTS_MAX, 1]);
});

test("anchors that are missing or lack their end are no first start: nothing is sealed until they are back", async () => {
  for (let seal = 1; seal <= 3; seal++) {
    await log.append(paused);
    await log.seal();
  }
  const { anchorFile } = log.sealing;
  const whole = await readFile(anchorFile, "utf8");
  await log.append(paused);
  await rm(anchorFile);
  await expect(log.seal()).rejects.toThrow(/anchors .* are missing.* sealed up to seal 3/);
  await writeFile(anchorFile, "");
  await expect(log.seal()).rejects.toThrow(/end at seal 0/);
  await writeFile(anchorFile, whole.split("\n").slice(0, 2).join("\n"));
  await expect(log.seal()).rejects.toThrow(/end at seal 1/);
  await writeFile(anchorFile, whole);
  expect(await log.seal()).toBe(1);
  expect((await log.verify()).verdict).toMatchObject({ ok: true, tally: { seals: 4, anchors: 4 } });
});

test("a database that is older than its newest anchor is not sealed", async () => {
  await log.append(paused);
  await log.seal();
  await log.append(paused);
  await log.seal();
  await log.attack("DELETE FROM seal WHERE number = 2", "DELETE FROM event_link WHERE seq = 2");
  await expect(log.seal()).rejects.toThrow(/newest anchor is seal 2 of .* ends at seal 1 of .* rolled back/);
});

test("a database whose newest seal is another than the anchored one is not sealed", async () => {
  await log.append(paused);
  await log.seal();
  await log.attack("UPDATE seal SET at = at + interval '1 hour'");
  await expect(log.seal()).rejects.toThrow(/Seal 1 is not the one that was anchored/);
});

test("a chain that continues after its newest seal is not sealed", async () => {
  await log.append(paused, paused);
  await log.seal();
  await log.append(paused);
  await log.attack("INSERT INTO event_link VALUES (3, 3, '\\x00', '\\x00')");
  await expect(log.seal()).rejects.toThrow(/does not end in its newest seal/);
});

test("a forged anchor stops the sealer", async () => {
  await log.append(paused);
  await log.seal();
  const forged = { n: 7, seqTo: 9, link: "00", at: "2026-01-01T00:00:00.000Z", signature: "x", keyId: "y" };
  await writeFile(log.sealing.anchorFile, `${JSON.stringify(forged)}\n`, { flag: "a" });
  await expect(log.seal()).rejects.toThrow(/newest anchor, of seal 7, was not signed/);
});

test("a different key from the first is refused, and both are named", async () => {
  await log.append(paused);
  await log.seal();
  const signer = { keyId: "another-key", sign: () => "" };
  const sealing = as(log.sealerUrl, () => sealOnce(testScope, { ...log.sealing, signer }, new Date()));
  await expect(sealing).rejects.toThrow(
    `key ${log.sealing.key.keyId}, but the sealer was started with key another-key`,
  );
  expect(await rows(log.ownerUrl, "SELECT purpose, key_id FROM installation")).toEqual([
    { purpose: "audit", key_id: log.sealing.key.keyId },
  ]);
});

test("a scope that does not see every tenant cannot seal", async () => {
  const scope = systemScope("sealer", []);
  const sealing = as(log.sealerUrl, () => sealOnce(scope, log.sealing, new Date()));
  await expect(sealing).rejects.toThrow(/every tenant/);
});

async function anchoredNumbers(): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { number } of readAnchors(log.sealing.anchorFile)) numbers.push(number);
  return numbers;
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("SELECT set_config('app.all', 'on', false)");
  return client;
}
