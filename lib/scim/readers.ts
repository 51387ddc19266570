import { type Answer, looksLikeHtml } from "@/lib/scim/answer";
import type { ScimReader } from "@/lib/scim/transport";
import {
  parseList,
  parseResource,
  parseServiceProviderConfig,
  type ScimList,
  type ScimResource,
  type ScimServiceProviderConfig,
} from "@/lib/scim/wire";

/** A create or a read must come back with an id. */
export const readResource: ScimReader<ScimResource> = (answer, reject) => {
  const resource = parseResource(answer.json);
  if (!resource) throw reject("not-scim", explainUnexpected(answer, "a resource with an id"));
  return resource;
};

/**
 * A PATCH may answer 204, 200 with the resource, or 200 with nothing useful (null). A web page means that a proxy
 * answered.
 */
export const readOptionalResource: ScimReader<ScimResource | null> = (answer, reject) => {
  if (answer.text.trim() === "") return null;
  if (answer.json === undefined) throw reject("not-scim", explainUnexpected(answer, "a resource or nothing"));
  return parseResource(answer.json);
};

/**
 * An answer to a request that named a resource by its id must be about that resource: a cache or a proxy once answered
 * with somebody else's.
 * @param read the reader of the answer's own form.
 */
export function aboutId<Result extends ScimResource | null>(
  id: string,
  read: ScimReader<Result>,
): ScimReader<Result> {
  return (answer, reject) => {
    const resource = read(answer, reject);
    if (resource !== null && resource.id !== id)
      throw reject("other-resource", `Asked for ${id}, received ${resource.id}`);
    return resource;
  };
}

export const readList: ScimReader<ScimList> = (answer, reject) => {
  const list = parseList(answer.json);
  if (!list) throw reject("not-scim", explainUnexpected(answer, "a ListResponse"));
  return list;
};

export const readServiceProviderConfig: ScimReader<ScimServiceProviderConfig> = (answer, reject) => {
  const config = parseServiceProviderConfig(answer.json);
  if (!config) throw reject("not-scim", explainUnexpected(answer, "a ServiceProviderConfig"));
  return config;
};

function explainUnexpected({ json, text }: Answer, expected: string): string {
  if (text.trim() === "") return `Expected ${expected}, received nothing`;
  if (looksLikeHtml(text)) return `Expected ${expected}, received a web page`;
  if (json === undefined) return `Expected ${expected}, received text that is not valid JSON`;
  return `Expected ${expected}, received other JSON`;
}
