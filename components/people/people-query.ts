/** The filters of the list of people, as in its URL. */
export type PeopleQuery = {
  q?: string;
  tenant?: string;
  state?: "active" | "archived";
  group?: string;
  after?: string;
};

export type SearchParams = Record<string, string | string[] | undefined>;

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Invalid parameters are ignored: an old link still shows a list. */
export function parsePeopleQuery(params: SearchParams): PeopleQuery {
  const tenant = readParam(params, "tenant");
  const state = readParam(params, "state");
  return {
    q: readParam(params, "q"),
    tenant: tenant && isUuid(tenant) ? tenant : undefined,
    state: state === "active" || state === "archived" ? state : undefined,
    group: readParam(params, "group"),
    after: readParam(params, "after"),
  };
}

/** The list's URL with some filters changed. A changed filter starts at the first page. */
export function peopleHref(query: PeopleQuery): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `/people?${new URLSearchParams(given)}` : "/people";
}

export function hasFilter({ q, tenant, state, group }: PeopleQuery): boolean {
  return Boolean(q || tenant || state || group);
}

/** The first value of a name, trimmed; undefined if blank. */
export function readParam(params: SearchParams, name: string): string | undefined {
  const value = [params[name]].flat()[0]?.trim();
  return value || undefined;
}

/** A tenant's ID; the database would refuse anything else. */
export function isUuid(text: string): boolean {
  return uuidShape.test(text);
}
