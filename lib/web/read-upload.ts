import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isOwnOrigin } from "@/lib/web/own-origin";

/**
 * The file in a request's body, piece by piece.
 * @throws AppError forbidden for a request of another site, invalid for one without a body
 */
export function readUpload(request: Request): AsyncGenerator<Uint8Array> {
  if (!isOwnOrigin(request.headers, env().APP_ORIGIN)) {
    throw new AppError(
      "forbidden",
      "The upload came from another site. Nothing was read. Open Rollcall at its own address and try again.",
    );
  }
  if (!request.body) {
    throw new AppError("invalid", "There is no file in the request. Nothing was read. Choose a file.");
  }
  return toBytes(request.body);
}

async function* toBytes(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Without this the server would wait for the rest of a refused file.
    await reader.cancel().catch(() => undefined);
  }
}
