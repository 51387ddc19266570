import "server-only";
import type { CsvPages } from "@/lib/csv/csv-list";
import { byteOrderMark, toCsv } from "@/lib/csv/to-csv";
import { log } from "@/lib/log";

/**
 * Streams a CSV while it is read: the next page is read after the last one was sent, so a list of any length uses the
 * memory of one page. When a page cannot be read the connection is cut, because a file that only ends early would look
 * complete.
 * @param name the file's name without its ending
 */
export function csvResponse(name: string, header: readonly string[], pages: CsvPages): Response {
  const encoder = new TextEncoder();
  const rest = pages[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(byteOrderMark + toCsv([header]))),
    async pull(controller) {
      try {
        const next = await rest.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(toCsv(next.value)));
      } catch (error) {
        log.error({ err: error }, "export failed");
        controller.error(error);
      }
    },
    cancel: async () => void (await rest.return?.()),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${toFileName(name)}.csv"`,
    },
  });
}

/** Letters, digits, dots and hyphens: every system accepts them, and a header allows nothing else unescaped. */
function toFileName(name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\w.-]+/g, "-");
  return plain.replace(/^[-.]+|-+$/g, "").slice(0, 100) || "export";
}
