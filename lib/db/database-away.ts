import pg from "pg";

/** The database was not reached, went away, or can serve nobody: nothing that is asked of it now would fare better. */
export class DatabaseAwayError extends Error {}

/**
 * What PostgreSQL says when it is the server and not the statement (SQLSTATE, appendix A of its manual): connection
 * exceptions, insufficient resources (connections, disk, memory), and a server that is stopped, starts or crashed.
 */
const AWAY = /^(08|53|57P)/;

/** @returns a DatabaseAwayError for what pg threw, unless the server answered and refused the statement itself */
export function toDatabaseError(error: unknown): unknown {
  const isRefusal = error instanceof pg.DatabaseError && !AWAY.test(error.code ?? "");
  if (isRefusal || error instanceof DatabaseAwayError) return error;
  return new DatabaseAwayError(error instanceof Error ? error.message : String(error), { cause: error });
}
