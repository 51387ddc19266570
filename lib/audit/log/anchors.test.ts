import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appendAnchor, findNewestAnchor, readAnchors } from "@/lib/audit/log/anchors";
import type { Seal } from "@/lib/audit/log/chain";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rollcall-anchors-"));
  file = path.join(folder, "anchors.ndjson");
});
afterEach(() => rm(folder, { recursive: true }));

function sealNumber(number: number): Seal {
  const link = "ab".repeat(32);
  return {
    number,
    seqTo: number * 10,
    link,
    at: "2026-11-21T10:50:44.123Z",
    signature: "s".repeat(86),
    keyId: "k",
  };
}

test("a missing file has no newest anchor", async () => {
  expect(await findNewestAnchor(file)).toBeNull();
});

test("anchors are read back as they were appended, and the newest is found at the end of a long file", async () => {
  for (let number = 1; number <= 400; number += 1) await appendAnchor(file, sealNumber(number));
  expect(await findNewestAnchor(file)).toEqual(sealNumber(400));
  const all = await readAll();
  expect(all).toHaveLength(400);
  expect(all[0]).toEqual(sealNumber(1));
});

test("a line that a crash cut short hides neither the one before nor the one after it", async () => {
  await appendAnchor(file, sealNumber(1));
  await appendFile(file, '{"n":2,"seq');
  expect(await findNewestAnchor(file)).toEqual(sealNumber(1));
  await appendAnchor(file, sealNumber(2));
  expect(await findNewestAnchor(file)).toEqual(sealNumber(2));
  expect(await readAll()).toEqual([sealNumber(1), sealNumber(2)]);
});

async function readAll(): Promise<Seal[]> {
  const anchors: Seal[] = [];
  for await (const anchor of readAnchors(file)) anchors.push(anchor);
  return anchors;
}
