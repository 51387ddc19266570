import "server-only";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Seal } from "@/lib/audit/log/chain";

/*
 * Anchors: copies of the seals outside the database, one JSON object a line, append-only. An attacker with the
 * database alone can cut off its end or restore an older copy; the anchors reveal that. A line that a crash cut short
 * does not parse and is skipped: the next anchor replaces it, because each seal covers the whole log before it.
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

/** About 250 lines of 250 bytes: the newest complete one is among them even after a torn one. */
const TAIL_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** Appends one anchor and waits until it is on disk. */
export async function appendAnchor(file: string, { number, ...rest }: Seal): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const start = size > 0 && last.buffer[0] !== LINE_FEED ? "\n" : "";
    await handle.appendFile(`${start}${JSON.stringify({ n: number, ...rest })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The newest anchor of the file; null where there is no file or it is empty. Reads only the end of the file. */
export async function findNewestAnchor(file: string): Promise<Seal | null> {
  const tail = await readTail(file);
  const anchors = tail.split("\n").map(parseAnchor);
  return anchors.reduce(
    (newest, anchor) => (anchor && anchor.number > (newest?.number ?? 0) ? anchor : newest),
    null,
  );
}

/**
 * Reads every anchor of the file, in order.
 * @throws where the file cannot be read.
 */
export async function* readAnchors(file: string): AsyncGenerator<Seal> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const anchor = parseAnchor(line);
    if (anchor) yield anchor;
  }
}

async function readTail(file: string): Promise<string> {
  const handle = await open(file, "r").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (!handle) return "";
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
