import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appendAnchor, beginAnchors, findAnchorsEnd, readAnchors } from "@/lib/audit/log/anchors";
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

test("a missing file, an empty one and one that was begun differ", async () => {
  expect(await findAnchorsEnd(file)).toBeNull();
  await writeFile(file, "");
  expect(await findAnchorsEnd(file)).toEqual({ newest: null, isBegun: false });
  await rm(file);
  await beginAnchors(file, new Date());
  expect(await findAnchorsEnd(file)).toEqual({ newest: null, isBegun: true });
  await expect(beginAnchors(file, new Date())).rejects.toThrow("EEXIST");
});

test("anchors are read back as they were appended, and the newest is found at the end of a long file", async () => {
  for (let number = 1; number <= 400; number += 1) await appendAnchor(file, sealNumber(number));
  expect(await findAnchorsEnd(file)).toEqual({ newest: sealNumber(400), isBegun: true });
  const all = await readAll();
  expect(all).toHaveLength(400);
  expect(all[0]).toEqual(sealNumber(1));
});

test("a line that a crash cut short hides neither the one before nor the one after it", async () => {
  await appendAnchor(file, sealNumber(1));
  await appendFile(file, '{"n":2,"seq');
  expect(await findAnchorsEnd(file)).toEqual({ newest: sealNumber(1), isBegun: true });
  await appendAnchor(file, sealNumber(2));
  expect(await findAnchorsEnd(file)).toEqual({ newest: sealNumber(2), isBegun: true });
  expect(await readAll()).toEqual([sealNumber(1), sealNumber(2)]);
});

async function readAll(): Promise<Seal[]> {
  const anchors: Seal[] = [];
  for await (const anchor of readAnchors(file)) anchors.push(anchor);
  return anchors;
}
