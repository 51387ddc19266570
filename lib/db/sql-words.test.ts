import { expect, test } from "vitest";
import { sqlWords } from "@/lib/db/sql-words";

test("fixed words become text of the statement, and nothing else does", () => {
  expect(sqlWords(["queued", "put_back"]).text).toBe("('queued', 'put_back')");
  expect(sqlWords(["queued"]).values).toEqual([]);
  expect(() => sqlWords(["queued') OR (true"])).toThrow("Not a plain word");
});
