import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { readImport } from "@/lib/imports/mutations";
import { uploadImportSchema } from "@/lib/imports/schema";
import { defineRoute } from "@/lib/web/define-route";
import { isOwnOrigin } from "@/lib/web/own-origin";

/** Takes a CSV as the body, streamed. The URL gives its name and purpose. */
export const POST = defineRoute(async (scope, request) => {
  if (!isOwnOrigin(request.headers, env().APP_ORIGIN)) {
    throw new AppError(
      "forbidden",
      "The upload came from another site. Nothing was read. Open Rollcall at its own address and try again.",
    );
  }
  const input = uploadImportSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  if (!request.body) {
    throw new AppError("invalid", "There is no file in the request. Nothing was read. Choose a file.");
  }
  return readImport(scope, input, toBytes(request.body));
});

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
