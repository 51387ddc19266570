import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { Prisma, transaction } from "@/lib/db/transaction";
import { listAccounts, listGroups } from "@/lib/directory/data";
import type { AccountRow } from "@/lib/directory/types";
import { type AttributeKey, attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { listTenants } from "@/lib/tenants/data";
import { onePage, pagesOf, type CsvList, type CsvQuery, text, uuid } from "@/lib/csv/csv-list";
import { toNameList } from "@/lib/csv/name-list";
import { toCell } from "@/lib/csv/to-cell";

const peopleSchema = z.strictObject({
  tenant: uuid.optional(),
  q: text,
  state: z.enum(["active", "archived"]).optional(),
  group: text,
});

const personKeys = attributeKeys.filter((key) => key !== "userName");

/**
 * Exports people as the last full reads showed them, with all attributes as the tenant holds them: a manager may be
 * an id of the tenant. Re-importing the unchanged file changes nothing.
 */
export async function readPeopleList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
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
}

type Details = {
  tenantId: string;
  resourceId: string;
  attributes: Partial<Record<AttributeKey, string>>;
  groups: string[];
};

async function withDetails(scope: Scope, rows: readonly AccountRow[]): Promise<string[][]> {
  if (rows.length === 0) return [];
  const keys = Prisma.join(rows.map((row) => Prisma.sql`(${row.tenantId}::uuid, ${row.resourceId})`));
  const found = await transaction(
    scope,
    (tx) => tx.$queryRaw<Details[]>`
    SELECT u.tenant_id AS "tenantId", u.resource_id AS "resourceId", u.attributes,
           ARRAY(SELECT g.display_name FROM directory_membership m JOIN directory_group g
                   ON g.tenant_id = m.tenant_id AND g.resource_id = m.group_resource_id
                  WHERE m.tenant_id = u.tenant_id AND m.user_resource_id = u.resource_id ORDER BY 1) AS groups
      FROM directory_user u WHERE (u.tenant_id, u.resource_id) IN (${keys})`,
  );
  const details = new Map(found.map((each) => [`${each.tenantId} ${each.resourceId}`, each]));
  return rows.map((row) => {
    const more = details.get(`${row.tenantId} ${row.resourceId}`);
    return [
      row.tenantName,
      row.userName,
      row.active ? "active" : "archived",
      ...personKeys.map((key) => toCell(more?.attributes[key])),
      toNameList(more?.groups ?? []),
    ];
  });
}

const groupsSchema = z.strictObject({ tenant: uuid.optional(), q: text });

/** Exports groups with their number of members. */
export async function readGroupsList(scope: Scope, query: CsvQuery): Promise<CsvList> {
  authorize(scope, "list.export");
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
}
