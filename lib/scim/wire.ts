import { z } from "zod";

/** A resource as the server gave it. Only its id is certain. */
export type ScimResource = { id: string; [attribute: string]: unknown };

export type ScimList = {
  resources: ScimResource[];
  /** The server's own claim. Some servers put the size of the page here. */
  totalResults: number;
  itemsPerPage: number | null;
};

export type ScimServiceProviderConfig = {
  patch: boolean;
  filter: boolean;
  filterResultsMax: number | null;
  bulk: boolean;
  etag: boolean;
};

const listUrn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const configUrn = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

const count = z.union([
  z.number().int().min(0),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);

/**
 * Reads an object whose members the server may spell in any case (RFC 7643 section 2.1): a member that is one of `names`
 * but for its case gets that name. Nothing here then asks for a name in one spelling.
 */
function named<Schema extends z.ZodType>(names: readonly string[], schema: Schema) {
  const byKey = new Map(names.map((name) => [name.toLowerCase(), name]));
  return z.preprocess((given) => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
    const entries: [string, unknown][] = Object.entries(given);
    return Object.fromEntries(entries.map(([name, value]) => [byKey.get(name.toLowerCase()) ?? name, value]));
  }, schema);
}

/** Ids are opaque: an e-mail address, a name with spaces, or a number, which is kept as text. */
const resourceSchema = named(
  ["id", "userName", "displayName", "externalId"],
  z.looseObject({ id: z.union([z.string().min(1), z.number().transform(String)]) }),
);

const listSchema = named(
  ["schemas", "totalResults", "itemsPerPage", "Resources"],
  z.object({
    schemas: z.array(z.string()).optional(),
    totalResults: count.optional(),
    itemsPerPage: count.optional().catch(undefined),
    Resources: z.array(resourceSchema).nullish(),
  }),
);

const supported = named(["supported"], z.looseObject({ supported: z.unknown() }))
  .transform((feature) => isTrue(feature.supported))
  .catch(false);

const configSchema = named(
  ["schemas", "patch", "bulk", "etag", "filter"],
  z.object({
    schemas: z.array(z.string()),
    patch: supported,
    bulk: supported,
    etag: supported,
    filter: named(
      ["supported", "maxResults"],
      z.looseObject({ supported: z.unknown(), maxResults: count.optional().catch(undefined) }),
    ).optional(),
  }),
);

/** A resource with an id, or null: one disabled directory answered 200 `{}` to everything. */
export function parseResource(json: unknown): ScimResource | null {
  return resourceSchema.safeParse(json).data ?? null;
}

/**
 * A ListResponse (RFC 7644 section 3.4.2), or null for anything else. Its URN makes it one; without any `schemas`
 * it must name `totalResults`. `Resources` may be missing when there are none.
 */
export function parseList(json: unknown): ScimList | null {
  const list = listSchema.safeParse(json).data;
  if (!list) return null;
  const isList = list.schemas ? hasUrn(list.schemas, listUrn) : list.totalResults !== undefined;
  if (!isList) return null;
  const resources = list.Resources ?? [];
  const totalResults = list.totalResults ?? resources.length;
  return { resources, totalResults, itemsPerPage: list.itemsPerPage ?? null };
}

/** A ServiceProviderConfig (RFC 7643 section 5), or null: one server answers its address with a list of groups. */
export function parseServiceProviderConfig(json: unknown): ScimServiceProviderConfig | null {
  const config = configSchema.safeParse(json).data;
  if (!config || !hasUrn(config.schemas, configUrn)) return null;
  const { patch, bulk, etag, filter } = config;
  const filterResultsMax = filter?.maxResults ?? null;
  return { patch, bulk, etag, filter: isTrue(filter?.supported), filterResultsMax };
}

/** Entra and some servers write booleans as the strings "True" and "False"; anything else counts as false. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.trim().toLowerCase() === "true");
}

/** A boolean as servers write it, or null for anything else: a number or another word is no answer. */
export function parseBoolean(value: unknown): boolean | null {
  if (isTrue(value)) return true;
  return value === false || (typeof value === "string" && value.trim().toLowerCase() === "false")
    ? false
    : null;
}

function hasUrn(schemas: readonly string[], urn: string): boolean {
  return schemas.some((schema) => schema.toLowerCase() === urn.toLowerCase());
}
