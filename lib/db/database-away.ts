import pg from "pg";

/** Thrown when the database is unreachable, drops the connection, or cannot serve anybody: retrying would not help. */
export class DatabaseAwayError extends Error {}

/**
 * PostgreSQL's codes for a fault of the server and not the statement (SQLSTATE, appendix A of its manual): connection
 * exceptions, insufficient resources (connections, disk, memory), and a server that stops, starts or crashed.
 */
const AWAY = /^(08|53|57P)/;

/**
 * Converts an error of pg.
 * @returns a DatabaseAwayError, unless the server answered and refused the statement itself
 */
export function toDatabaseError(error: unknown): unknown {
  const isRefusal = error instanceof pg.DatabaseError && !AWAY.test(error.code ?? "");
  if (isRefusal || error instanceof DatabaseAwayError) return error;
  return new DatabaseAwayError(error instanceof Error ? error.message : String(error), { cause: error });
}
