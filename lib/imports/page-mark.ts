/** The last file of a page, as the URL of the next one holds it: when it was uploaded, and its id for those of one moment. */
export function toPageMark({ createdAt, id }: { createdAt: Date; id: string }): string {
  return `${createdAt.toISOString()}_${id}`;
}

const mark = /^((?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/;

/** Reads it back. Null for anything else, which means the first page. */
export function readPageMark(text: string | undefined): { createdAt: Date; id: string } | null {
  const [, at = "", id = ""] = mark.exec(text ?? "") ?? [];
  const createdAt = new Date(at);
  return Number.isNaN(createdAt.getTime()) ? null : { createdAt, id };
}
