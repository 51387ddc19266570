import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { createFirstOwner, isSetUp } from "@/lib/operators/setup";
import { signIn } from "@/lib/operators/sign-in";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeRequest } from "@/test/scope";

let database: TestDatabase;
const everything = { tenants: "all" } as const;
const password = "nine copper kettles hum quietly";

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.webUrl);
});

afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

test("a weak password creates no owner and is refused at its field", async () => {
  const input = { name: "Dana", email: "dana@rollcall.test", password: "copper kettle" };
  await expect(createFirstOwner(makeRequest(), input)).rejects.toMatchObject({
    code: "invalid",
    fields: { password: expect.stringContaining("at least 15") },
  });
  expect(await isSetUp()).toBe(false);
});

test("of 20 simultaneous set-ups one creates the owner", async () => {
  const tries = Array.from({ length: 20 }, (_, index) =>
    createFirstOwner(makeRequest(), {
      name: `Owner ${index}`,
      email: `owner-${index}@rollcall.test`,
      password,
    }),
  );
  const settled = await Promise.allSettled(tries);
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(19);
  for (const reason of refused) expect(reason).toMatchObject({ code: "conflict" });

  const owners = await transaction(everything, (tx) => tx.operator.findMany());
  expect(owners).toHaveLength(1);
  expect(await isSetUp()).toBe(true);
  const events = await transaction(everything, (tx) => tx.event.findMany({ orderBy: { id: "asc" } }));
  expect(events.map((event) => event.action)).toEqual(["operator.created", "setup.completed"]);
  const email = owners[0]?.email ?? "";
  expect(await signIn(makeRequest(), { email, password })).toMatchObject({ ok: true });
});
