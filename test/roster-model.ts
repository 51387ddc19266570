import fc from "fast-check";
import type { AttributeKey, AttributeValues } from "@/lib/knowbe4/attributes";
import type { AccountFacts, PlannedRun, RosterFacts, TenantFacts } from "@/lib/changes/model/plan-types";
import type { DesiredAccount, DesiredRoster } from "@/lib/roster/model/types";
import { makeAccountFacts } from "@/test/facts";

/** A person whom a roster wants, by the address's part before the @. */
export function makeDesired(name: string, given: Partial<DesiredAccount> = {}): DesiredAccount {
  const userName = `${name}@acme.example`;
  return {
    userNameKey: userName,
    userName,
    resourceId: null,
    active: true,
    leaving: null,
    values: {},
    createValues: {},
    groups: [],
    why: "On the roster by a test",
    ...given,
  };
}

export function makeRoster(
  accounts: readonly DesiredAccount[],
  given: Partial<DesiredRoster> & Partial<Omit<RosterFacts, "desired">> = {},
): RosterFacts {
  const { managedGroups = new Set<string>(), excluded = new Set<string>(), ...facts } = given;
  return {
    desired: { accounts, managedGroups, excluded },
    listing: null,
    isWhole: true,
    linkedIds: new Set(),
    heldElsewhere: new Set(),
    ...facts,
  };
}

/** The directory and roster that a plan is made from, and their state after it is applied. */
export type Model = Pick<TenantFacts, "accounts" | "groups" | "rails"> & { roster: RosterFacts };

const names = ["ana", "bob", "cy", "dan", "eve", "fay"] as const;
const groupNames = ["Legal", "Staff", "New"] as const;
const everything = { min: 1_000, share: 1 };

/** Small models that cover every situation: people on both sides, archived, linked or not, in groups or not. */
export function modelOf(): fc.Arbitrary<Model> {
  const person = fc.record({
    stands: fc.boolean(),
    isListed: fc.boolean(),
    isActive: fc.boolean(),
    leaving: fc.option(fc.constantFrom("left", "absent", "out-of-scope" as const)) as fc.Arbitrary<
      DesiredAccount["leaving"]
    >,
    isLinked: fc.boolean(),
    department: fc.constantFrom("Legal", "Sales"),
    wantedDepartment: fc.constantFrom("Legal", "Sales", null),
    manager: fc.constantFrom(...names, null),
    isIn: fc.subarray([...groupNames.slice(0, 2)]),
    wants: fc.subarray([...groupNames]),
  });
  return fc
    .record({ people: fc.tuple(...names.map(() => person)), managed: fc.subarray(["legal", "staff"]) })
    .map(({ people, managed }) => ({
      rails: {
        limits: { archive: everything, restore: everything, members_remove: everything },
        allowCreate: true,
        allowUpdate: true,
        allowArchive: true,
        seats: null,
      },
      groups: groupNames.slice(0, 2).map((displayName) => ({ resourceId: `g-${displayName}`, displayName })),
      accounts: people.flatMap((each, place) =>
        each.stands
          ? [
              makeAccountFacts(names[place] ?? "", {
                active: each.isActive,
                attributes: { department: each.department },
                groupIds: each.isIn.map((name) => `g-${name}`),
              }),
            ]
          : [],
      ),
      roster: makeRoster(
        people.flatMap((each, place) =>
          each.isListed
            ? [
                makeDesired(names[place] ?? "", {
                  resourceId: each.isLinked && each.stands ? `id-${names[place]}` : null,
                  active: each.leaving === null,
                  leaving: each.leaving,
                  values: {
                    department: each.wantedDepartment,
                    ...(each.manager ? { manager: `${each.manager}@acme.example` } : {}),
                  },
                  groups: each.wants,
                }),
              ]
            : [],
        ),
        { managedGroups: new Set(managed) },
      ),
    }));
}

/** Applies a plan's planned lines to the model as a tenant would, without the planner's code. */
export function applyToModel(model: Model, { operations, links = [] }: PlannedRun): Model {
  const accounts = new Map(
    model.accounts.map((each) => [each.resourceId, { ...each, groupIds: [...each.groupIds] }]),
  );
  const groups = [...model.groups];
  const linkedIds = new Set(model.roster.linkedIds);
  const made = new Map<string, string>();
  for (const { key, intent, target, resourceId, state } of operations) {
    if (state !== "planned") continue;
    const account = accounts.get(resourceId ?? "");
    if (intent.kind === "create") {
      const id = `new-${target}`;
      accounts.set(id, toCreated(id, target, intent.values));
      made.set(key, id);
      linkedIds.add(id);
    } else if (intent.kind === "group_create") {
      groups.push({ resourceId: `g-${target}`, displayName: target });
    } else if ("members" in intent) {
      const groupId = resourceId ?? `g-${target}`;
      for (const member of intent.members) {
        const id = "resourceId" in member ? member.resourceId : (made.get(member.operationKey) ?? "");
        const person = accounts.get(id);
        if (!person) throw new Error("A member is nobody");
        person.groupIds = person.groupIds.filter((each) => each !== groupId);
        if (intent.kind === "members_add") person.groupIds.push(groupId);
      }
    } else if (!account) {
      throw new Error("A line is about nobody");
    } else if (intent.kind === "update") {
      for (const [name, value] of Object.entries(intent.changes)) {
        const attribute = name as AttributeKey;
        if (value === null) delete account.attributes[attribute];
        else account.attributes = { ...account.attributes, [attribute]: value };
      }
      account.userName = account.attributes.userName ?? account.userName;
    } else if (intent.kind === "link") linkedIds.add(account.resourceId);
    else account.active = intent.kind === "restore";
  }
  const found = new Map(links.map((link) => [link.userName, link.resourceId]));
  const desired = model.roster.desired.accounts.map((each) => ({
    ...each,
    resourceId: found.get(each.userName) ?? each.resourceId,
  }));
  return {
    ...model,
    accounts: [...accounts.values()],
    groups,
    roster: { ...model.roster, linkedIds, desired: { ...model.roster.desired, accounts: desired } },
  };
}

function toCreated(
  resourceId: string,
  userName: string,
  values: AttributeValues,
): AccountFacts & { groupIds: string[] } {
  return { resourceId, userName, displayName: "", active: true, attributes: { ...values }, groupIds: [] };
}
