import type { Dispatcher } from "undici";
import { createCollection, type ScimCollection } from "@/lib/scim/collection";
import type { ScimContext } from "@/lib/scim/exchange";
import {
  membersPerRequestMax,
  type ScimPatchOperation,
  toActiveOperation,
  toAddMembers,
  toBlocks,
  toRemoveMembers,
} from "@/lib/scim/patch";
import { readServiceProviderConfig } from "@/lib/scim/readers";
import { ScimTransport } from "@/lib/scim/transport";
import type { ScimResource, ScimServiceProviderConfig } from "@/lib/scim/wire";
import { createWriteQueue } from "@/lib/scim/write-queue";

export type ScimClientOptions = {
  /** The SCIM root, such as `https://host/scim/v2`. A trailing slash does not matter. */
  baseUrl: string;
  /** The bearer token (RFC 6750). Visible ASCII without spaces. */
  token: string;
  /** Where to send. The caller closes it. @default an own keep-alive pool for the host of `baseUrl` */
  dispatcher?: Dispatcher;
  /** Connections of the own pool. @default 4 */
  connections?: number;
  /** @default "Rollcall SCIM client" */
  userAgent?: string;
  /** From the request to the headers of its answer. @default 15 s: one server took 6 s to start */
  headersTimeoutMs?: number;
  /** Between two pieces of a body. @default 30 s */
  bodyTimeoutMs?: number;
  /** The whole of an exchange, also when the body comes a byte a second. @default 45 s */
  totalTimeoutMs?: number;
  /** @default 5 MB, some 5,000 users of the usual size */
  responseBytesMax?: number;
  /** The page size that a listing asks for. Servers may give less. @default 100 */
  pageSize?: number;
  /** Ends a listing that never ends otherwise. @default 10,000 */
  pagesMax?: number;
};

type ScimUsers = ScimCollection & {
  /**
   * Finds users whose name is equal under `toNameKey`; see `toMatch`. Throws ScimNotFoundError when the root is
   * wrong.
   */
  findByUserName(userName: string, context?: ScimContext): Promise<ScimResource[]>;
  /** Null when the answer holds no resource. */
  deactivate(id: string, context?: ScimContext): Promise<ScimResource | null>;
  reactivate(id: string, context?: ScimContext): Promise<ScimResource | null>;
};

type ScimGroups = ScimCollection & {
  findByDisplayName(displayName: string, context?: ScimContext): Promise<ScimResource[]>;
  /** Adds members in requests of at most 100, one after the other. A failure leaves earlier blocks in effect. */
  addMembers(id: string, memberIds: readonly string[], context?: ScimContext): Promise<void>;
  /** Like `addMembers`; each member is an operation of its own. */
  removeMembers(id: string, memberIds: readonly string[], context?: ScimContext): Promise<void>;
};

export type ScimClient = {
  /** The host, with its port where that is not the default. */
  readonly host: string;
  readonly users: ScimUsers;
  readonly groups: ScimGroups;
  /** Optional in practice: throws ScimNotFoundError or `not-scim` where a server has none. */
  serviceProviderConfig(context?: ScimContext): Promise<ScimServiceProviderConfig>;
  close(): Promise<void>;
};

/**
 * A client for one SCIM 2.0 server (RFC 7643, RFC 7644) with one token. It sends each request once: the caller
 * decides whether to retry, from the error's class and its `sent`. Every failure is a ScimError.
 *
 * Throws TypeError for options that cannot work; the message never holds the token.
 */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const baseUrl = parseBaseUrl(options.baseUrl);
  if (!/^[\x21-\x7e]+$/.test(options.token))
    throw new TypeError("The token must consist of visible ASCII characters");
  const { pageSize = 100, pagesMax = 10_000 } = options;
  const transport = new ScimTransport({
    baseUrl,
    token: options.token,
    dispatcher: options.dispatcher,
    connections: options.connections ?? 4,
    userAgent: options.userAgent ?? "Rollcall SCIM client",
    headersTimeoutMs: options.headersTimeoutMs ?? 15_000,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 30_000,
    totalTimeoutMs: options.totalTimeoutMs ?? 45_000,
    responseBytesMax: options.responseBytesMax ?? 5_000_000,
  });
  const shared = { transport, enqueue: createWriteQueue(), pageSize, pagesMax };
  return {
    host: baseUrl.host,
    users: toUsers(createCollection({ ...shared, endpoint: "/Users" })),
    groups: toGroups(createCollection({ ...shared, endpoint: "/Groups" })),
    serviceProviderConfig: (context) =>
      transport.send({ method: "GET", path: "/ServiceProviderConfig" }, readServiceProviderConfig, context),
    close: () => transport.close(),
  };
}

function toUsers(users: ScimCollection): ScimUsers {
  return {
    ...users,
    findByUserName: (userName, context) => users.findBy("userName", userName, context),
    deactivate: (id, context) => users.patch(id, [toActiveOperation(false)], context),
    reactivate: (id, context) => users.patch(id, [toActiveOperation(true)], context),
  };
}

function toGroups(groups: ScimCollection): ScimGroups {
  async function patchInBlocks(
    id: string,
    memberIds: readonly string[],
    toOperations: (block: readonly string[]) => ScimPatchOperation[],
    context?: ScimContext,
  ): Promise<void> {
    for (const block of toBlocks([...new Set(memberIds)], membersPerRequestMax)) {
      await groups.patch(id, toOperations(block), context);
    }
  }
  return {
    ...groups,
    findByDisplayName: (name, context) => groups.findBy("displayName", name, context),
    addMembers: (id, memberIds, context) => patchInBlocks(id, memberIds, toAddMembers, context),
    removeMembers: (id, memberIds, context) => patchInBlocks(id, memberIds, toRemoveMembers, context),
  };
}

function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypeError("The base URL must be an http or https URL");
  if (url.username || url.password) throw new TypeError("The base URL must not hold a user or password");
  if (url.search || url.hash) throw new TypeError("The base URL must not have a query or a fragment");
  return url;
}
