import pg from "pg";
import { expect, test } from "vitest";
import { DatabaseAwayError, toDatabaseError } from "@/lib/db/database-away";

function refusal(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError("No", 1, "error"), { code });
}

test.each(["23505", "22012", "40001", "55P03", "57014"])("%s is an error of the statement", (code) => {
  const error = refusal(code);
  expect(toDatabaseError(error)).toBe(error);
});

test.each(["08006", "53100", "53300", "57P01", "57P02", "57P03"])("%s is a fault of the server", (code) => {
  const error = refusal(code);
  expect(toDatabaseError(error)).toBeInstanceOf(DatabaseAwayError);
  expect(toDatabaseError(error)).toMatchObject({ cause: error });
});

test("an unreachable or silent server counts as away", () => {
  for (const error of [
    new Error("Connection terminated unexpectedly"),
    new Error("Query read timeout"),
    "gone",
  ])
    expect(toDatabaseError(error)).toBeInstanceOf(DatabaseAwayError);
});

test("an error that is already known as away is not wrapped again", () => {
  const error = new DatabaseAwayError("gone");
  expect(toDatabaseError(error)).toBe(error);
});
