import {
  type PersonChoices,
  type StandingKind,
  toPersonChoices,
} from "@/components/changes/new-change/account-choices";
import { toTenantChoices } from "@/components/changes/new-change/tenant-choice";
import { isUuid, readParam, type SearchParams } from "@/components/people/people-query";
import { splitPerson } from "@/components/people/same-person";
import { loadPerson } from "@/lib/directory/loaders";
import { loadTenantOptions } from "@/lib/tenants/loaders";

/** The person in a new change's URL: found, not given, or not found. */
export type PersonChoice =
  | { kind: "chosen"; person: PersonChoices }
  | { kind: "none"; text: string | undefined; isGone: boolean };

export async function loadPersonChoice(kind: StandingKind, params: SearchParams): Promise<PersonChoice> {
  const tenantId = readParam(params, "tenant");
  const resourceId = readParam(params, "person");
  const text = readParam(params, "q");
  if (!tenantId || !resourceId || !isUuid(tenantId)) return { kind: "none", text, isGone: false };
  const person = await loadPerson(tenantId, resourceId);
  if (!person) return { kind: "none", text, isGone: true };
  const ids = [...new Set([...person.accounts, ...person.namesakes].map((account) => account.tenantId))];
  const { tenants } = await loadTenantOptions({ ids, limit: ids.length });
  const start = { tenantId, resourceId };
  const parts = splitPerson(person, start);
  return {
    kind: "chosen",
    person: toPersonChoices(kind, { name: person.name, start, parts }, toTenantChoices(tenants)),
  };
}
