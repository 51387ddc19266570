import { AppError } from "@/lib/errors";

/** A request's body throws different errors when the upload stops; this reader turns them into one. */
export async function* wholeUpload(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "invalid",
      "The upload stopped before the file was complete. Nothing was kept. Upload the file again.",
    );
  }
}
