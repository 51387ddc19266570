import { type Filter, filter, parse } from "scim2-parse-filter";
import type { Resource } from "./records";
import { ScimError } from "./scim-errors";
import type { Shelf } from "./shelf";

export interface ListQuery {
  startIndex?: string;
  count?: string;
  filter?: string;
  excludedAttributes?: string;
}

export interface Listing {
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
}

/** The source of records, and the form of one in an answer. */
export interface ListSource<T extends { id: string }> {
  shelf: Shelf<T>;
  /** The attribute by which the shelf finds a record, lower case: "username" or "displayname". */
  nameAttribute: string;
  toJson: (record: T) => Resource;
}

/**
 * One page of a listing (RFC 7644, 3.4.2). A name compared with `eq` is looked up; any other filter reads
 * every record.
 * @throws ScimError 400 for a filter that does not parse
 */
export function toListing<T extends { id: string }>(
  source: ListSource<T>,
  query: ListQuery,
  pageSizeMax: number,
): Listing {
  const startIndex = Math.max(1, toInteger(query.startIndex, 1));
  const pageSize = Math.min(pageSizeMax, Math.max(0, toInteger(query.count, 100)));
  if (query.filter === undefined || query.filter === "") {
    const page = take(source.shelf.byId.values(), startIndex, pageSize);
    return toPage(source.shelf.size, page.map(source.toJson), startIndex);
  }
  const expression = parseFilter(query.filter);
  if (expression.op === "eq" && "attrPath" in expression && "compValue" in expression) {
    if (expression.attrPath.toLowerCase() === source.nameAttribute) {
      const found = source.shelf.findByName(String(expression.compValue));
      const hits = found === null ? [] : [source.toJson(found)];
      return toPage(hits.length, take(hits, startIndex, pageSize), startIndex);
    }
  }
  const isHit = filter(expression);
  const hits: Resource[] = [];
  for (const record of source.shelf.byId.values()) {
    const json = source.toJson(record);
    if (isHit(json)) hits.push(json);
  }
  return toPage(hits.length, take(hits, startIndex, pageSize), startIndex);
}

function toPage(totalResults: number, resources: Resource[], startIndex: number): Listing {
  return { totalResults, startIndex, itemsPerPage: resources.length, Resources: resources };
}

function take<T>(items: Iterable<T>, startIndex: number, pageSize: number): T[] {
  const page: T[] = [];
  let position = 0;
  for (const item of items) {
    if (page.length >= pageSize) break;
    position += 1;
    if (position >= startIndex) page.push(item);
  }
  return page;
}

function parseFilter(text: string): Filter {
  try {
    return parse(text);
  } catch {
    throw new ScimError(400, `The filter ${text} is not valid.`, "invalidFilter");
  }
}

function toInteger(text: string | undefined, otherwise: number): number {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isNaN(value) ? otherwise : value;
}
