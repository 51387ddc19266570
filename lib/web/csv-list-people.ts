import "server-only";
import { z } from "zod";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, type Transaction, transaction } from "@/lib/db/transaction";
import { listAccounts, listGroups } from "@/lib/directory/data";
import type { AccountRow } from "@/lib/directory/types";
import { type AttributeKey, attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { listTenants } from "@/lib/tenants/data";
import { onePage, pagesOf, type ReadList, text, uuid } from "@/lib/web/csv-list";
import { toCell } from "@/lib/web/csv-response";

const peopleSchema = z.object({
  tenant: uuid.optional(),
  q: text,
  state: z.enum(["active", "archived"]).optional(),
  group: text,
});

/** Between the names of groups; an import splits them at it. */
const groupSeparator = "; ";

const personKeys = attributeKeys.filter((key) => key !== "userName");

/** People as the last whole reads showed them, with all attributes: an import reads the file back as it is. */
export const readPeopleList: ReadList = async (scope, query) => {
  const { tenant: tenantId, q, state, group } = peopleSchema.parse(query);
  const filter = { tenantId, text: q, state, group };
  return {
    name: "people",
    tenantId,
    header: [
      "Tenant",
      attributes.userName.label,
      "Status",
      ...personKeys.map((key) => attributes[key].label),
      "Groups",
    ],
    pages: pagesOf<readonly string[], string>(
      async (after) => {
        const page = await listAccounts(scope, { ...filter, after });
        return { rows: await withDetails(scope, page.rows), next: page.next };
      },
      (cells) => cells,
    ),
  };
};

type Person = { tenantId: string; resourceId: string };

type Details = Person & {
  attributes: Partial<Record<AttributeKey, string>>;
  groups: string[];
};

async function withDetails(scope: Scope, rows: readonly AccountRow[]): Promise<string[][]> {
  if (rows.length === 0) return [];
  const { found, managers } = await transaction(scope, async (tx) => {
    const details = await listDetails(tx, rows);
    return { found: details, managers: await listManagers(tx, details) };
  });
  const details = new Map(found.map((each) => [keyOf(each), each]));
  return rows.map((row) => {
    const more = details.get(keyOf(row));
    const values = { ...more?.attributes, ...managers.get(keyOf(row)) };
    return [
      row.tenantName,
      row.userName,
      row.active ? "active" : "archived",
      ...personKeys.map((key) => toCell(values[key])),
      (more?.groups ?? []).join(groupSeparator),
    ];
  });
}

const keyOf = ({ tenantId, resourceId }: Person): string => `${tenantId} ${resourceId}`;

const toKeys = (people: readonly Person[]) =>
  Prisma.join(people.map(({ tenantId, resourceId }) => Prisma.sql`(${tenantId}::uuid, ${resourceId})`));

function listDetails(tx: Transaction, rows: readonly Person[]): Promise<Details[]> {
  return tx.$queryRaw<Details[]>`
    SELECT u.tenant_id AS "tenantId", u.resource_id AS "resourceId", u.attributes,
           ARRAY(SELECT g.display_name FROM directory_membership m JOIN directory_group g
                   ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
                  WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1) AS groups
      FROM directory_user u WHERE (u.tenant_id, u.resource_id) IN (${toKeys(rows)})`;
}

/**
 * KnowBe4 holds a manager by an id of its own, which no import could be given; here they are named by their address.
 * @returns by person, and none for whom the mirror does not know the manager: they stay as the tenant says.
 */
async function listManagers(
  tx: Transaction,
  people: readonly Details[],
): Promise<Map<string, { manager: string }>> {
  const wanted = people.flatMap(({ tenantId, attributes: { manager } }) =>
    manager === undefined ? [] : [{ tenantId, resourceId: manager }],
  );
  if (wanted.length === 0) return new Map();
  const rows = await tx.$queryRaw<(Person & { userName: string })[]>`
    SELECT tenant_id AS "tenantId", resource_id AS "resourceId", user_name AS "userName"
      FROM directory_user WHERE (tenant_id, resource_id) IN (${toKeys(wanted)})`;
  const names = new Map(rows.map((row) => [keyOf(row), row.userName]));
  return new Map(
    people.flatMap((person) => {
      const name = names.get(keyOf({ ...person, resourceId: person.attributes.manager ?? "" }));
      return name === undefined ? [] : [[keyOf(person), { manager: name }] as const];
    }),
  );
}

const groupsSchema = z.object({ tenant: uuid.optional(), q: text });

/** Groups with how many members each has. */
export const readGroupsList: ReadList = async (scope, query) => {
  const { tenant: tenantId, q = "" } = groupsSchema.parse(query);
  const tenants = new Map((await listTenants(scope)).map(({ id, name }) => [id, name]));
  const tenantIds = tenantId === undefined ? [...tenants.keys()] : [tenantId];
  const wanted = q.toLocaleLowerCase("en");
  const groups = (await listGroups(scope, { tenantIds })).filter(({ displayName }) =>
    displayName.toLocaleLowerCase("en").includes(wanted),
  );
  return {
    name: "groups",
    tenantId,
    header: ["Tenant", "Group", "Members", "Resource ID"],
    pages: onePage(
      groups.map((group) => [
        tenants.get(group.tenantId) ?? "",
        group.displayName,
        toCell(group.members),
        group.resourceId,
      ]),
    ),
  };
};
