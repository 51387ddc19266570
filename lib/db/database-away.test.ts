import pg from "pg";
import { expect, test } from "vitest";
import { DatabaseAwayError, toDatabaseError } from "@/lib/db/database-away";

function refusal(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError("No", 1, "error"), { code });
}

test.each(["23505", "22012", "40001", "55P03", "57014"])("%s is the statement's own", (code) => {
  const error = refusal(code);
  expect(toDatabaseError(error)).toBe(error);
});

test.each(["08006", "53100", "53300", "57P01", "57P02", "57P03"])("%s is the server's", (code) => {
  const error = refusal(code);
  expect(toDatabaseError(error)).toBeInstanceOf(DatabaseAwayError);
  expect(toDatabaseError(error)).toMatchObject({ cause: error });
});

test("a server that is not reached or does not answer is away", () => {
  for (const error of [
    new Error("Connection terminated unexpectedly"),
    new Error("Query read timeout"),
    "gone",
  ])
    expect(toDatabaseError(error)).toBeInstanceOf(DatabaseAwayError);
});

test("what is known to be away is not wrapped again", () => {
  const error = new DatabaseAwayError("gone");
  expect(toDatabaseError(error)).toBe(error);
});
