import fs from "node:fs/promises";

const TAIL_BYTES_MAX = 8_000;

/** The last lines of a log, without its content before byte `start`. A missing log is an empty one. */
export async function readTail(file: string, start = 0, linesMax = 20): Promise<string> {
  const log = await fs.open(file, "r").catch(() => null);
  if (!log) return "";
  try {
    const { size } = await log.stat();
    const from = Math.max(start, size - TAIL_BYTES_MAX);
    const { buffer, bytesRead } = await log.read(Buffer.alloc(Math.max(0, size - from)), 0, null, from);
    return buffer.subarray(0, bytesRead).toString("utf8").trimEnd().split("\n").slice(-linesMax).join("\n");
  } finally {
    await log.close();
  }
}
