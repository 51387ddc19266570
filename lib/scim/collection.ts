import { ScimInvalidError } from "@/lib/scim/errors";
import type { ScimContext } from "@/lib/scim/exchange";
import { equalsFilter } from "@/lib/scim/filter";
import { listPages, type ScimPage } from "@/lib/scim/list-pages";
import { findMatches } from "@/lib/scim/matches";
import { type ScimPatchOperation, toPatchBody } from "@/lib/scim/patch";
import { aboutId, readList, readOptionalResource, readResource } from "@/lib/scim/readers";
import type { ScimReader, ScimTransport } from "@/lib/scim/transport";
import type { ScimList, ScimResource } from "@/lib/scim/wire";
import type { WriteQueue } from "@/lib/scim/write-queue";

export type ScimListOptions = {
  /** @default the client's */
  pageSize?: number;
  signal?: AbortSignal;
  /** Such as ["members"], which keeps a page of large groups small. Servers may ignore it. */
  excludedAttributes?: readonly string[];
};

type ScimListOnceOptions = {
  count?: number;
  startIndex?: number;
  excludedAttributes?: readonly string[];
  /**
   * A filter, for example from `equalsFilter`. Unlike `findBy`, this returns what the server chose, right or wrong.
   */
  filter?: string;
};

/**
 * The operations that users and groups share. Ids are opaque and encoded; `Location` and `meta.location` are never
 * used.
 */
export type ScimCollection = {
  /** Lists all pages; throws `incomplete-listing` after the last one when resources are missing. See listPages. */
  list(options?: ScimListOptions, context?: ScimContext): AsyncGenerator<ScimPage, void, undefined>;
  /** Reads one page as it comes. Serves as a connection test: anything but a ListResponse throws. */
  listOnce(options?: ScimListOnceOptions, context?: ScimContext): Promise<ScimList>;
  /**
   * Finds resources whose attribute equals the name under `toNameKey`. Throws `filter-ignored` when it cannot tell.
   */
  findBy(attribute: "userName" | "displayName", name: string, context?: ScimContext): Promise<ScimResource[]>;
  /** An answer about another id throws `other-resource`, here and after a patch. */
  get(id: string, context?: ScimContext): Promise<ScimResource>;
  create(resource: object, context?: ScimContext): Promise<ScimResource>;
  /** Null when the answer holds no resource. Writes to one resource wait for each other. */
  patch(
    id: string,
    operations: readonly ScimPatchOperation[],
    context?: ScimContext,
  ): Promise<ScimResource | null>;
};

export type ScimCollectionParts = {
  transport: ScimTransport;
  enqueue: WriteQueue;
  endpoint: "/Users" | "/Groups";
  pageSize: number;
  pagesMax: number;
};

export function createCollection(parts: ScimCollectionParts): ScimCollection {
  const { transport, enqueue, endpoint, pageSize, pagesMax } = parts;

  function getList<Result>(query: Query, read: ScimReader<Result>, context?: ScimContext): Promise<Result> {
    return transport.send({ method: "GET", path: `${endpoint}${toQuery(query)}` }, read, context);
  }

  return {
    list({ pageSize: size = pageSize, signal, excludedAttributes } = {}, context) {
      const pageContext = { ...context, signal: signal ?? context?.signal };
      const fetchPage = (startIndex: number) =>
        getList({ startIndex, count: size, excludedAttributes }, readList, pageContext);
      return listPages(fetchPage, { path: endpoint, pagesMax });
    },
    listOnce: ({ count = pageSize, startIndex = 1, ...rest } = {}, context) =>
      getList({ startIndex, count, ...rest }, readList, context),
    findBy(attribute, name, context) {
      // A group is looked up for its id; its members would only make the answer long.
      const excludedAttributes = endpoint === "/Groups" ? ["members"] : undefined;
      const query = { filter: equalsFilter(attribute, name), excludedAttributes };
      const readMatches: ScimReader<ScimResource[]> = (answer, reject) => {
        const matches = findMatches(readList(answer, reject), attribute, name);
        if (!matches) throw reject("filter-ignored", `The server does not filter by ${attribute}`);
        return matches;
      };
      return getList(query, readMatches, context);
    },
    get: async (id, context) =>
      transport.send(
        { method: "GET", path: toResourcePath("GET", endpoint, id) },
        aboutId(id, readResource),
        context,
      ),
    create: (resource, context) =>
      transport.send({ method: "POST", path: endpoint, body: resource }, readResource, context),
    async patch(id, operations, context) {
      const path = toResourcePath("PATCH", endpoint, id);
      const body = toPatchBody(operations);
      return enqueue(path, () =>
        transport.send({ method: "PATCH", path, body }, aboutId(id, readOptionalResource), context),
      );
    },
  };
}

type Query = {
  filter?: string;
  startIndex?: number;
  count?: number;
  excludedAttributes?: readonly string[];
};

function toQuery(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&")}`;
}

/**
 * Ids come from servers and go into a path, so they are encoded. "", "." and ".." would still name the collection or
 * its parent, so they are refused before anything is sent.
 */
function toResourcePath(method: string, endpoint: string, id: string): string {
  const path = `${endpoint}/${encodeURIComponent(id.toWellFormed())}`;
  if (/^\.{0,2}$/.test(id)) {
    const facts = { status: null, method, path, requestId: null, sent: "no" as const };
    throw new ScimInvalidError({ ...facts, scimType: null, detail: "This id cannot be part of a URL" });
  }
  return path;
}
