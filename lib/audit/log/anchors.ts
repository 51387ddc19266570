import "server-only";
import { createReadStream, existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Seal } from "@/lib/audit/log/chain";

/*
 * Anchors: copies of the seals outside the database, one JSON object a line, append-only. An attacker with the
 * database alone can cut off its end or restore an older copy; the anchors reveal that. A line that a crash cut short
 * does not parse and is skipped: the sealer writes that anchor again before it seals anything else.
 *
 * The first line is no anchor: it says that the file was begun, before the first seal. So a file that is missing while
 * there is a seal was removed, and never a first start.
 */
const anchorSchema = z
  .object({
    n: z.number().int(),
    seqTo: z.number().int(),
    link: z.string(),
    at: z.string(),
    signature: z.string(),
    keyId: z.string(),
  })
  .transform(({ n, ...rest }): Seal => ({ number: n, ...rest }));

const headSchema = z.object({ begun: z.string() });

/** About 250 lines of 250 bytes: the newest complete one is among them even after a torn one. */
const TAIL_BYTES = 64 * 1024;
const LINE_FEED = 10;

/**
 * Begins the file of a log that has no seal yet.
 * @throws where there is a file already
 */
export async function beginAnchors(file: string, now: Date): Promise<void> {
  const handle = await open(file, "ax", 0o600);
  try {
    await handle.appendFile(`${JSON.stringify({ begun: now.toISOString() })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a whole file of anchors, which is there completely or not at all.
 * @returns how many
 */
export async function writeAnchors(file: string, seals: AsyncIterable<Seal>, now: Date): Promise<number> {
  const draft = `${file}.draft`;
  await rm(draft, { force: true });
  await beginAnchors(draft, now);
  const handle = await open(draft, "a");
  let count = 0;
  try {
    for await (const seal of seals) {
      await handle.appendFile(toLine(seal));
      count += 1;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  return count;
}

/** Appends one anchor and waits until it is on disk. */
export async function appendAnchor(file: string, seal: Seal): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const start = size > 0 && last.buffer[0] !== LINE_FEED ? "\n" : "";
    await handle.appendFile(`${start}${toLine(seal)}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function toLine({ number, ...rest }: Seal): string {
  return `${JSON.stringify({ n: number, ...rest })}\n`;
}

/** What the end of the file says: its newest anchor, and whether it holds one or at least its first line. */
export type AnchorsEnd = { newest: Seal | null; isBegun: boolean };

/** Reads only the end of the file. @returns null where there is no file */
export async function findAnchorsEnd(file: string): Promise<AnchorsEnd | null> {
  const tail = await readTail(file);
  if (tail === null) return null;
  const lines = tail.split("\n");
  const newest = lines
    .map(parseAnchor)
    .reduce((newer, anchor) => (anchor && anchor.number > (newer?.number ?? 0) ? anchor : newer), null);
  return { newest, isBegun: newest !== null || lines.some(isHead) };
}

/**
 * Reads every anchor of the file, in order; none where there is no file.
 * @throws where the file cannot be read.
 */
export async function* readAnchors(file: string): AsyncGenerator<Seal> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const anchor = parseAnchor(line);
    if (anchor) yield anchor;
  }
}

async function readTail(file: string): Promise<string | null> {
  const handle = await open(file, "r").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function parseAnchor(line: string): Seal | null {
  try {
    return anchorSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function isHead(line: string): boolean {
  try {
    return headSchema.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}
