/**
 * Reads a body as UTF-8 up to a number of bytes. `complete` is false when there was more; leaving the loop then
 * destroys the stream and its connection.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<{ text: string; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return { text: decode(chunks), complete: false };
    chunks.push(chunk);
  }
  return { text: decode(chunks), complete: true };
}

/** Nearly every answer arrives in one piece. */
function decode(chunks: readonly Uint8Array[]): string {
  return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
}

const decoder = new TextDecoder();

/** Deeper JSON is not SCIM (its deepest attribute is at 5) and may exhaust the stack of code that walks it. */
const depthMax = 20;

/** Parses JSON; undefined when it is empty, broken or nested too deeply. */
export function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return isDeeperThan(json, depthMax) ? undefined : json;
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}
