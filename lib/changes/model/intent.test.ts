import { describe, expect, test } from "vitest";
import { intentSchema, tenantIdsOf } from "@/lib/changes/model/intent";
import { ticketSchema } from "@/lib/changes/schema";
import { reasonSchema } from "@/lib/tenants/schema";
import { tenantIdOf } from "@/test/facts";

const account = { tenantId: tenantIdOf(1), userName: "ana@acme.example" };
const standing = { ...account, resourceId: "u1" };

function onboard(given: Record<string, unknown> = {}) {
  const intent = {
    kind: "onboard",
    personId: "6f0c5a5e-3c58-4b1c-9a4e-0d6b0b6f6a11",
    attributes: {},
    groups: [],
    accounts: [account],
  };
  return intentSchema.safeParse({ ...intent, ...given });
}

function update(attributes: Record<string, unknown>) {
  return intentSchema.safeParse({
    kind: "update",
    attributes,
    addGroups: [],
    removeGroups: [],
    accounts: [standing],
  });
}

function messagesOf(result: ReturnType<typeof onboard>): string {
  return JSON.stringify(result.error?.issues.map(({ path, message }) => [path.join("."), message]) ?? []);
}

describe("what is refused, at its own field", () => {
  test.each([
    ["an attribute that KnowBe4 does not have", { shoeSize: "43" }, "attributes.shoeSize"],
    ["the address as an attribute", { userName: "eve@acme.example" }, "attributes.userName"],
    ["the external id as an attribute", { externalId: "somebody-else" }, "attributes.externalId"],
    ["a name from the prototype", JSON.parse('{"constructor":"x"}'), "attributes.constructor"],
    ["ten megabytes", { department: "x".repeat(10_000_000) }, "attributes.department"],
    ["a line break", { title: "Clerk\nAdmin" }, "attributes.title"],
    ["NUL", { title: "Clerk\u0000" }, "attributes.title"],
    ["text that reverses what follows", { title: "\u202eevil" }, "attributes.title"],
    ["half a character", { givenName: "\ud83d" }, "attributes.givenName"],
    ["a number", { title: 7 }, "attributes.title"],
  ])("%s", (_name, attributes, path) => {
    const messages = messagesOf(onboard({ attributes }));
    expect(messages).toContain(path);
    expect(messages.length).toBeLessThan(1_000);
  });

  test.each([
    ["an address that is none", { accounts: [{ ...account, userName: "ana at acme" }] }],
    ["a tenant that is no id", { accounts: [{ ...account, tenantId: "1 OR 1=1" }] }],
    ["nobody", { accounts: [] }],
    [
      "501 accounts",
      { accounts: Array.from({ length: 501 }, (_, n) => ({ ...account, tenantId: tenantIdOf(n) })) },
    ],
    ["two addresses in one tenant", { accounts: [account, { ...account, userName: "ruiz@acme.example" }] }],
    ["a group without a name", { groups: ["  "] }],
    ["51 groups", { groups: Array.from({ length: 51 }, (_, n) => `Group ${n}`) }],
    ["a key nobody asked for", { role: "owner" }],
    ["another kind", { kind: "delete" }],
  ])("%s", (_name, given) => {
    expect(onboard(given).success).toBe(false);
  });
});

describe("what is accepted", () => {
  test.each(["Zoë 🦊", "محمد", "李明", "O’Brien-Smith", "Łukasz"])("the name %s, unchanged", (givenName) => {
    const result = onboard({ attributes: { givenName } });
    expect(result.data).toMatchObject({ attributes: { givenName: givenName.normalize("NFC") } });
  });

  test("a blank value states nothing; only an update's null clears", () => {
    expect(onboard({ attributes: { title: "  ", department: "Legal" } }).data).toMatchObject({
      attributes: { department: "Legal" },
    });
    const parsed = update({ title: " ", department: null, division: "West" }).data;
    expect(parsed).toMatchObject({ attributes: { department: null, division: "West" } });
    expect(parsed).not.toHaveProperty("attributes.title");
  });

  test("a group in two cases, and an account named twice, count once", () => {
    expect(onboard({ groups: ["Legal", " legal "] }).data).toMatchObject({ groups: ["legal"] });
    expect(intentSchema.parse({ kind: "offboard", accounts: [standing, standing] })).toMatchObject({
      accounts: [standing],
    });
  });
});

test("an intent over tenants names each once, and at least one", () => {
  const [one, two] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
  const parse = (intent: object) => intentSchema.safeParse(intent);
  for (const named of [
    { kind: "import", importId: one },
    { kind: "reconcile" },
    { kind: "undo", changeId: one },
  ]) {
    const parsed = parse({ ...named, tenantIds: [two, one, two] });
    expect(parsed.success && tenantIdsOf(parsed.data)).toEqual([two, one]);
    expect(parse({ ...named, tenantIds: [] }).success).toBe(false);
  }
  expect(parse({ kind: "retry", changeId: "CHG-12", tenantIds: [one] }).success).toBe(false);
  expect(parse({ kind: "reconcile", tenantIds: [one], keys: [] }).success).toBe(false);
});

test("a change has a reason of bounded length, and a ticket in the form of one", () => {
  for (const reason of ["", "  ", "ab", "x".repeat(501)])
    expect(reasonSchema.safeParse(reason).success).toBe(false);
  expect(reasonSchema.parse("  Left the firm ")).toBe("Left the firm");
  expect(ticketSchema.parse("")).toBeNull();
  expect(ticketSchema.safeParse("<b>").success).toBe(false);
});

test("an existing account can be offboarded, however odd its address is", () => {
  const odd = { ...standing, userName: "josé@münchen.example" };
  expect(intentSchema.safeParse({ kind: "offboard", accounts: [odd] }).success).toBe(true);
});
