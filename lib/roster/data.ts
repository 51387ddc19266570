import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { like } from "@/lib/db/like";
import { Prisma, transaction } from "@/lib/db/transaction";
import { notFound } from "@/lib/errors";
import type {
  EntryDetail,
  EntryPage,
  EntryRow,
  GuardPage,
  GuardRow,
  PolicyDto,
  RosterFacts,
} from "@/lib/roster/dto";
import type { Scoping } from "@/lib/roster/policy/policy";
import { entryColumns, readEntries } from "@/lib/roster/entries/read-entries";
import { readExcluded } from "@/lib/roster/entries/read-guards";
import { readPolicy, readPolicyVersion } from "@/lib/roster/policy/read-policy";
import { readScopePreview } from "@/lib/roster/read-scope-preview";
import { type Sample, toSample } from "@/lib/roster/sample";
import type { SamplePerson } from "@/lib/roster/schema";
import type { ScopePreview } from "@/lib/roster/scope-preview";
import type { SourceName } from "@/lib/roster/model/types";

const ENTRIES_PAGE = 100;

/** The most names offered for choosing; others can be typed. */
const NAMES_MAX = 300;

export type EntryFilter = {
  tenantId: string;
  /** Part of an address. */
  text?: string;
  state?: "active" | "absent" | "left" | "overridden" | "guarded";
  source?: SourceName;
  /** The `next` of the page before. */
  after?: string;
};

const GUARDS = Prisma.sql`ARRAY(SELECT g.kind FROM person_guard g
  WHERE g.tenant_id = e.tenant_id AND g.user_name_key = e.user_name_key ORDER BY 1) AS guards`;

const HAS_ACCOUNT = Prisma.sql`(
  EXISTS (SELECT FROM directory_user u WHERE u.tenant_id = e.tenant_id AND u.user_name_key = e.user_name_key)
  OR EXISTS (SELECT FROM directory_user u WHERE u.tenant_id = e.tenant_id AND u.resource_id = e.resource_id))`;

/** Lists a tenant's roster, by address, paged by key. */
export async function listEntries(scope: Scope, filter: EntryFilter): Promise<EntryPage> {
  authorize(scope, "roster.read");
  const conditions = [
    Prisma.sql`e.tenant_id = ${filter.tenantId}::uuid`,
    filter.text ? Prisma.sql`e.user_name ILIKE ${like(filter.text.trim())}` : null,
    filter.source ? Prisma.sql`e.source = ${filter.source}` : null,
    filter.after ? Prisma.sql`e.user_name_key > ${filter.after}` : null,
    filter.state ? inState(filter.state) : null,
  ].filter((condition) => condition !== null);
  const found = await transaction(
    scope,
    (tx) => tx.$queryRaw<EntryRow[]>`
      SELECT e.user_name_key AS "userNameKey", e.user_name AS "userName", e.source, e.resource_id AS "resourceId",
             ${HAS_ACCOUNT} AS "hasAccount", e.active,
             e.absent_at AS "absentAt", (SELECT count(*)::int FROM jsonb_object_keys(e.overrides)) AS overrides, e.groups,
             e.updated_at AS "updatedAt", e.updated_by AS "updatedBy", ${GUARDS}
        FROM roster_entry e WHERE ${Prisma.join(conditions, " AND ")}
       ORDER BY e.user_name_key LIMIT ${ENTRIES_PAGE + 1}`,
  );
  const rows = found.slice(0, ENTRIES_PAGE);
  return { rows, next: found.length > ENTRIES_PAGE ? (rows.at(-1)?.userNameKey ?? null) : null };
}

function inState(state: NonNullable<EntryFilter["state"]>): Prisma.Sql {
  switch (state) {
    case "active":
      return Prisma.sql`e.active AND e.absent_at IS NULL`;
    case "absent":
      return Prisma.sql`e.active AND e.absent_at IS NOT NULL`;
    case "left":
      return Prisma.sql`NOT e.active`;
    case "overridden":
      return Prisma.sql`e.overrides <> '{}'`;
    case "guarded":
      return Prisma.sql`EXISTS (SELECT FROM person_guard g WHERE g.tenant_id = e.tenant_id AND g.user_name_key = e.user_name_key)`;
  }
}

/** Finds one person of a roster; null when there is none or it is outside the scope. */
export async function findEntry(
  scope: Scope,
  input: { tenantId: string; userNameKey: string },
): Promise<EntryDetail | null> {
  authorize(scope, "roster.read");
  const [entry] = await transaction(
    scope,
    (tx) => tx.$queryRaw<EntryDetail[]>`
      SELECT ${entryColumns}, ${HAS_ACCOUNT} AS "hasAccount", updated_at AS "updatedAt", updated_by AS "updatedBy", ${GUARDS}
        FROM roster_entry e WHERE e.tenant_id = ${input.tenantId}::uuid AND e.user_name_key = ${input.userNameKey}`,
  );
  return entry ?? null;
}

/** Gets the tenant's policy with the version to save over; the default where none was saved. */
export async function getPolicy(scope: Scope, input: { tenantId: string }): Promise<PolicyDto> {
  authorize(scope, "roster.read");
  return transaction(scope, (tx) => readPolicyVersion(tx, input.tenantId));
}

/** Lists a tenant's guarded people, by address, paged by key. */
export async function listGuards(
  scope: Scope,
  input: { tenantId: string; text?: string; after?: string },
): Promise<GuardPage> {
  authorize(scope, "roster.read");
  const [afterKey = "", afterKind = ""] = (input.after ?? "").split(" ");
  const found = await transaction(
    scope,
    (tx) => tx.$queryRaw<GuardRow[]>`
      SELECT g.user_name_key AS "userNameKey", g.kind, g.note, g.created_at AS "createdAt",
             coalesce(o.name, 'an operator') AS "createdBy"
        FROM person_guard g LEFT JOIN operator o ON o.id = g.created_by
       WHERE g.tenant_id = ${input.tenantId}::uuid AND (g.user_name_key, g.kind) > (${afterKey}, ${afterKind})
         AND g.user_name_key ILIKE ${like(input.text?.trim() ?? "")}
       ORDER BY g.user_name_key, g.kind LIMIT ${ENTRIES_PAGE + 1}`,
  );
  const rows = found.slice(0, ENTRIES_PAGE);
  const last = rows.at(-1);
  return { rows, next: found.length > ENTRIES_PAGE && last ? `${last.userNameKey} ${last.kind}` : null };
}

/** Counts a roster, and lists the names that occur in it. */
export async function getRosterFacts(scope: Scope, input: { tenantId: string }): Promise<RosterFacts> {
  authorize(scope, "roster.read");
  const { tenantId } = input;
  return transaction(scope, async (tx) => {
    const tenant = await tx.tenant.findFirst({ where: { id: tenantId }, select: { adoptedAt: true } });
    if (!tenant) throw notFound("tenant");
    const [counted] = await tx.$queryRaw<Omit<RosterFacts, "adoptedAt" | "guarded" | "fields" | "groups">[]>`
      SELECT count(*)::int AS entries, count(*) FILTER (WHERE active AND absent_at IS NULL)::int AS active,
             count(*) FILTER (WHERE active AND absent_at IS NOT NULL)::int AS absent,
             count(*) FILTER (WHERE NOT active)::int AS left, count(*) FILTER (WHERE overrides <> '{}')::int AS overridden
        FROM roster_entry WHERE tenant_id = ${tenantId}::uuid`;
    const fields = await tx.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT name FROM roster_entry, jsonb_object_keys(fields) AS name
       WHERE tenant_id = ${tenantId}::uuid ORDER BY 1 LIMIT ${NAMES_MAX}`;
    const groups = await tx.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT name FROM roster_entry, unnest(groups) AS name
       WHERE tenant_id = ${tenantId}::uuid ORDER BY 1 LIMIT ${NAMES_MAX}`;
    return {
      adoptedAt: tenant.adoptedAt,
      ...(counted ?? { entries: 0, active: 0, absent: 0, left: 0, overridden: 0 }),
      guarded: await tx.personGuard.count({ where: { tenantId } }),
      fields: fields.map(({ name }) => name),
      groups: groups.map(({ name }) => name),
    };
  });
}

/**
 * Shows what the policy makes of one real person. Given parts replace the saved ones.
 * @throws AppError not-found when the person is not on the roster, or the tenant is outside the scope.
 */
export async function samplePerson(scope: Scope, input: SamplePerson): Promise<Sample> {
  authorize(scope, "roster.read", [input.tenantId]);
  const { tenantId, userNameKey, mapping, grouping } = input;
  return transaction(scope, async (tx) => {
    const [entry] = await readEntries(tx, { tenantId, keys: [userNameKey] });
    if (!entry) throw notFound("person");
    const saved = await readPolicy(tx, tenantId);
    const policy = { ...saved, mapping: mapping ?? saved.mapping, grouping: grouping ?? saved.grouping };
    return toSample(policy, entry, (await readExcluded(tx, tenantId)).has(userNameKey));
  });
}

/** Shows who would leave and who would enter a tenant's scope under another scope. */
export async function previewScope(
  scope: Scope,
  input: { tenantId: string; scoping: Scoping },
): Promise<ScopePreview> {
  authorize(scope, "roster.read", [input.tenantId]);
  return transaction(scope, (tx) => readScopePreview(tx, input), { timeoutMs: 60_000 });
}
