import { type AttributeValues } from "@/lib/knowbe4/attributes";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { isPlausiblySame } from "@/lib/changes/plan/plan-onboarding";

type Candidate = { resourceId: string; attributes: AttributeValues };

/**
 * Finds the account that a create made, or that took its place, when the create itself was given no id: its answer was
 * lost, or the address existed. Nothing else may learn an id by a name (decision 41).
 *
 * It is the only account with our external id. Without one, it is the only account with the address, if it belongs to
 * no other source and its name does not speak against it.
 * @param wanted the values of the create.
 * @param candidates accounts of the tenant; those with another address are found by the external id alone.
 */
export function findOwnAccount<C extends Candidate>(
  wanted: AttributeValues,
  candidates: readonly C[],
): C | null {
  const { externalId } = wanted;
  const ours = candidates.filter(
    ({ attributes }) => externalId !== undefined && attributes.externalId === externalId,
  );
  if (ours.length > 0) return only(ours);
  const key = userNameKey(wanted.userName ?? "");
  const found = only(candidates.filter(({ attributes }) => userNameKey(attributes.userName ?? "") === key));
  if (!found) return null;
  const { attributes } = found;
  const displayName = attributes.displayName ?? "";
  const isAnothers = attributes.externalId !== undefined && attributes.externalId !== externalId;
  return isAnothers || !isPlausiblySame(wanted, { attributes, displayName }) ? null : found;
}

function only<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] ?? null) : null;
}
