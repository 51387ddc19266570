import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { operatorIdOf, type Scope, systemScope } from "@/lib/auth/scope";
import { performTask, type TaskEnd } from "@/lib/changes/tasks/perform-task";
import pg from "pg";
import { addImport, addTenant, type ImportedPerson, type Planning } from "@/test/planning";

/** The fewest people that a request does not plan. */
export const MANY = 2_001;

/** The key of the advisory lock that keeps a planner waiting. */
const STORING = 20_011;

export const planner = systemScope("planner", "all");

/** A tenant in which everybody is of Sales, and a file that puts each into Legal. */
export async function addLargeImport(planning: Planning): Promise<{ tenantId: string; importId: string }> {
  const tenantId = await addTenant(planning, { people: MANY });
  const people: ImportedPerson[] = Array.from({ length: MANY }, (_, index) => ({
    userName: `p${index + 1}@acme.example`,
    fields: { department: "Legal" },
  }));
  return { tenantId, importId: await addImport(planning, { tenantId, people }, { mode: "merge" }) };
}

/** Does something over a worker's connections, with a worker's rights. */
export async function asWorker<T>({ database }: Planning, work: () => Promise<T>): Promise<T> {
  await closeDatabase();
  connectDatabase(database.workerUrl);
  try {
    return await work();
  } finally {
    await closeDatabase();
    connectDatabase(database.webUrl);
  }
}

export function performAsWorker(planning: Planning, changeId: string): Promise<TaskEnd> {
  return asWorker(planning, () => performTask(planner, changeId));
}

/** Keeps every planner waiting in the middle of its reading, until it is let go. */
export async function haltPlanning({ database }: Planning): Promise<{ letGo(): Promise<void> }> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("LOCK TABLE directory_group IN ACCESS EXCLUSIVE MODE");
  return { letGo: () => client.end() };
}

/** Whether a planner waits where haltPlanning() keeps it. */
export async function isHalted({ rows }: Planning): Promise<boolean> {
  const waiting = await rows(
    "SELECT FROM pg_locks WHERE relation = 'directory_group'::regclass AND NOT granted",
  );
  return waiting.length > 0;
}

/** Keeps every planner waiting while it stores its lines, until it is let go. */
export async function haltStoring({ database }: Planning): Promise<{ letGo(): Promise<void> }> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(${STORING})`);
  await client.query(`
    CREATE FUNCTION halt_storing() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${STORING}); RETURN NULL; END $$`);
  await client.query(
    "CREATE TRIGGER halt_storing BEFORE INSERT ON operation FOR EACH STATEMENT EXECUTE FUNCTION halt_storing()",
  );
  return {
    async letGo() {
      await client.query(`SELECT pg_advisory_unlock(${STORING})`);
      await client.query("DROP FUNCTION halt_storing CASCADE");
      await client.end();
    },
  };
}

/** Whether a planner waits where haltStoring() keeps it. */
export async function isStoringHalted({ rows }: Planning): Promise<boolean> {
  const waiting = await rows(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${STORING} AND NOT granted`,
  );
  return waiting.length > 0;
}

/** A tenant whose sync is due and read, and whose roster puts everybody into Legal. */
export async function addLargeRoster(planning: Planning, owner: Scope): Promise<string> {
  const tenantId = await addTenant(planning, { people: MANY });
  await planning.rows(
    `INSERT INTO roster_entry (tenant_id, user_name_key, user_name, source, fields, updated_by)
     SELECT $1, a.address, a.address, 'operator', '{"department": "Legal"}', 'A test'
       FROM generate_series(1, $2::int) n, LATERAL (SELECT 'p' || n || '@acme.example' AS address) a`,
    [tenantId, MANY],
  );
  await planning.rows(`UPDATE directory_read SET started_at = now() WHERE tenant_id = $1`, [tenantId]);
  await planning.rows(
    "UPDATE tenant SET reconciles = true, reconciled_by = $2, sync_next_at = now() - interval '1 minute' WHERE id = $1",
    [tenantId, operatorIdOf(owner)],
  );
  return tenantId;
}
