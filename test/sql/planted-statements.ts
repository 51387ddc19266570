/** Statements for test/sql.db.test.ts, each with the fault that the check must find in it, or none. */
export type PlantedStatement = { what: string; code: string; fault: string | null };

export const plantedStatements: PlantedStatement[] = [
  {
    what: "a statement without a fault passes",
    code: "void tx.$queryRaw<{ id: string; reason: string | null }[]>`SELECT id, reason FROM tenant WHERE id = ${id}::uuid`;",
    fault: null,
  },
  {
    what: "a table that is not there is found",
    code: "void tx.$queryRaw<{ id: string }[]>`SELECT id FROM tenants`;",
    fault: 'relation "tenants" does not exist',
  },
  {
    what: "a column that is not there is found",
    code: "void tx.$executeRaw`UPDATE tenant SET nickname = 'x'`;",
    fault: 'column "nickname" of relation "tenant" does not exist',
  },
  {
    what: "a wrong type is found",
    code: "void tx.$queryRaw<{ number: string }[]>`SELECT number FROM change`;",
    fault: "number: string is not integer",
  },
  {
    what: "a wrong type in a list is found",
    code: "void tx.$queryRaw<{ domains: number[] }[]>`SELECT domains FROM tenant`;",
    fault: "domains: number is not text",
  },
  {
    what: "a column that may be null is found where the type says never",
    code: "void tx.$queryRaw<{ ticket: string }[]>`SELECT ticket FROM change`;",
    fault: "ticket: may be null",
  },
  {
    what: "a column that an outer join may leave null is found",
    code: "void tx.$queryRaw<{ state: string }[]>`SELECT r.state FROM tenant t LEFT JOIN run r ON r.tenant_id = t.id`;",
    fault: "state: may be null",
  },
  {
    what: "a sum over no row is null, and found",
    code: "void tx.$queryRaw<{ rows: number }[]>`SELECT sum(rows)::int AS rows FROM roster_import`;",
    fault: "rows: may be null",
  },
  {
    what: "a count, a coalesce, and what the conditions leave out are never null",
    code: `void tx.$queryRaw<{ n: number; ticket: string; zone: string }[]>\`
  SELECT count(*)::int AS n, coalesce(ticket, '') AS ticket, zone FROM change WHERE zone IS NOT NULL GROUP BY 2, 3\`;`,
    fault: null,
  },
  {
    what: "what an UPDATE writes counts, not what its condition asked for",
    code: `void tx.$queryRaw<{ reason: string }[]>\`
  UPDATE tenant SET reason = NULL WHERE reason IS NOT NULL RETURNING reason\`;`,
    fault: "reason: may be null",
  },
  {
    what: "a column that the type lacks is found",
    code: "void tx.$queryRaw<{ id: string }[]>`SELECT id, reason FROM tenant`;",
    fault: "reason: selected, and not in the row's type",
  },
  {
    what: "a value that the type has and the statement does not give is found",
    code: "void tx.$queryRaw<{ id: string; reason: string | null }[]>`SELECT id FROM tenant`;",
    fault: "reason: in the row's type, and not selected",
  },
  {
    what: "a state that a column can hold and the type leaves out is found",
    code: 'void tx.$queryRaw<{ state: "open" }[]>`SELECT state FROM issue`;',
    fault: "state: may be resolved",
  },
  {
    what: "a type that takes the states of the condition alone passes",
    code: "void tx.$queryRaw<{ state: \"open\" }[]>`SELECT state FROM issue WHERE state = 'open'`;",
    fault: null,
  },
  {
    what: "a state that no column can hold is found in a condition",
    code: "void tx.$queryRaw<{ id: string }[]>`SELECT id FROM operation WHERE state IN ('queued', 'send')`;",
    fault: "'send' is nothing that its column can hold",
  },
  {
    what: "a state that no column can hold is found where it is written",
    code: "void tx.$executeRaw`UPDATE run SET state = 'canceled' WHERE id = ${id}::uuid`;",
    fault: "'canceled' is nothing that its column can hold",
  },
  {
    what: "a parameter of a wrong type is found",
    code: "void tx.$queryRaw<{ id: string }[]>`SELECT id FROM change WHERE number = ${id}`;",
    fault: "parameter 1: string is not integer",
  },
  {
    what: "a bigint that pg gives as text is found",
    code: "void blocks.$queryRaw<{ id: bigint }[]>`SELECT id FROM event`;",
    fault: "bigint is text over pg",
  },
  {
    what: "a fault in one side of a fragment is found",
    code: `const order = id === "" ? Prisma.sql\`number\` : Prisma.sql\`nummer\`;
void tx.$queryRaw<{ id: string }[]>\`SELECT id FROM change ORDER BY \${order}\`;`,
    fault: 'column "nummer" does not exist',
  },
  {
    what: "a fault in a list of conditions is found",
    code: `const conditions = [Prisma.sql\`true\`, id === "" ? null : Prisma.sql\`titel = \${id}\`].filter((one) => one !== null);
void tx.$queryRaw<{ id: string }[]>\`SELECT id FROM change WHERE \${Prisma.join(conditions, " AND ")}\`;`,
    fault: 'column "titel" does not exist',
  },
  {
    what: "SQL that is composed of what nobody can read is refused",
    code: "void tx.$queryRaw<{ id: string }[]>`SELECT id FROM change ${Prisma.raw(id)}`;",
    fault: "cannot be read",
  },
  {
    what: "SQL of plain text is refused",
    code: "void tx.$queryRawUnsafe(`SELECT id FROM change WHERE title = '${id}'`);",
    fault: "cannot be read",
  },
];
