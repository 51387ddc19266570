import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectDatabase } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { createFirstOwner, isSetUp } from "@/lib/operators/setup";
import { signIn } from "@/lib/operators/sign-in";

import { askAsOwner } from "@/test/ask-as-owner";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { makeRequest } from "@/test/scope";
import { startAnew } from "@/test/setup-code";

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

async function issueCode(): Promise<string> {
  const code = await startAnew(database);
  if (code === null) throw new Error("An operator exists.");
  return code;
}

test("a stranger who comes first creates no owner without the code of the last start, and wrong codes wait", async () => {
  const dana = { name: "Dana", email: "dana@rollcall.test", password };
  await expect(createFirstOwner(makeRequest(), { ...dana, code: "" })).rejects.toMatchObject({
    code: "invalid",
  });
  const former = await issueCode();
  await issueCode();
  const request = makeRequest();
  await expect(createFirstOwner(request, { ...dana, code: former })).rejects.toMatchObject({
    code: "invalid",
    fields: { code: expect.any(String) },
  });
  // The wait after one wrong code is a second; a busy machine may take longer.
  const later = new Date(Date.now() + 60_000);
  await transaction(everything, (tx) => tx.loginThrottle.updateMany({ data: { blockedTo: later } }));
  const code = await issueCode();
  await expect(createFirstOwner(request, { ...dana, code })).rejects.toMatchObject({ code: "limited" });
  expect(await isSetUp()).toBe(false);
});

test("the database holds no code, only its hash", async () => {
  const code = await issueCode();
  const rows = await askAsOwner(database.ownerUrl, "SELECT * FROM setup_code");
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(code);
});

test("a weak password creates no owner and is refused at its field", async () => {
  const input = {
    name: "Dana",
    email: "dana@rollcall.test",
    password: "copper kettle",
    code: await issueCode(),
  };
  await expect(createFirstOwner(makeRequest(), input)).rejects.toMatchObject({
    code: "invalid",
    fields: { password: expect.stringContaining("at least 15") },
  });
  expect(await isSetUp()).toBe(false);
});

test("of 20 simultaneous set-ups one creates the owner, and the code is used up", async () => {
  const code = (await issueCode()).toLowerCase().replaceAll("-", " ");
  const tries = Array.from({ length: 20 }, (_, index) =>
    createFirstOwner(makeRequest(), {
      name: `Owner ${index}`,
      email: `owner-${index}@rollcall.test`,
      password,
      code,
    }),
  );
  const settled = await Promise.allSettled(tries);
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(19);
  for (const reason of refused) expect(reason).toMatchObject({ code: "conflict" });

  const owners = await transaction(everything, (tx) => tx.operator.findMany());
  expect(owners).toHaveLength(1);
  expect(await isSetUp()).toBe(true);
  expect(await askAsOwner(database.ownerUrl, "SELECT * FROM setup_code")).toEqual([]);
  expect(await startAnew(database)).toBeNull();
  const events = await transaction(everything, (tx) => tx.event.findMany({ orderBy: { id: "asc" } }));
  expect(events.map((event) => event.action)).toEqual(["operator.created", "setup.completed"]);
  const email = owners[0]?.email ?? "";
  expect(await signIn(makeRequest(), { email, password })).toMatchObject({ ok: true });
});
