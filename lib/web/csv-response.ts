import "server-only";
import type { CsvPages } from "@/lib/csv/csv-list";
import { byteOrderMark, toCsv } from "@/lib/csv/to-csv";
import { log } from "@/lib/log";

/**
 * A CSV that is sent as it is read: a page is asked for when the one before has gone out, so a list of any length takes
 * the memory of one page. When a page cannot be read the connection is cut, because a file that merely ends early would
 * pass for a whole one.
 * @param name of the file, without its ending
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
        log.error({ err: error }, "an export broke off");
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

/** Letters, digits, dots and hyphens: every system takes them, and a header can hold nothing else unescaped. */
function toFileName(name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\w.-]+/g, "-");
  return plain.replace(/^[-.]+|-+$/g, "").slice(0, 100) || "export";
}
