import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess, type TenantClient } from "./in-process";
import { enterpriseSchema, knowbe4Schema } from "./records";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

const message = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

async function patchUser(operations: unknown[]) {
  const tenant = await simulator.tenant({ reads: "mailbox" });
  const id = await tenant.addUser("zoe@acme.example", {
    name: { givenName: "Zoe", familyName: "Oneill" },
    title: "Clerk",
    phoneNumbers: [{ type: "work", value: "1" }],
  });
  const answer = await tenant.scim("PATCH", `/Users/${id}`, { schemas: [message], Operations: operations });
  return { status: answer.status, json: (await tenant.scim("GET", `/Users/${id}`)).json };
}

describe("the same change in each dialect", () => {
  const wanted = {
    active: false,
    title: "Director",
    name: { givenName: "Zoë", familyName: "Oneill" },
    [enterpriseSchema]: { department: "Legal", manager: { value: "boss-1" } },
    [knowbe4Schema]: { customField1: "Contractor" },
    addresses: [{ type: "work", formatted: "Dublin" }],
  };

  test("plain: lower-case ops, one attribute each", async () => {
    const { status, json } = await patchUser([
      { op: "replace", path: "active", value: false },
      { op: "replace", path: "title", value: "Director" },
      { op: "replace", path: "name.givenName", value: "Zoë" },
      { op: "add", path: `${enterpriseSchema}:department`, value: "Legal" },
      { op: "add", path: `${enterpriseSchema}:manager.value`, value: "boss-1" },
      { op: "add", path: `${knowbe4Schema}:customField1`, value: "Contractor" },
      { op: "replace", path: 'addresses[type eq "work"].formatted', value: "Dublin" },
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject(wanted);
  });

  test("Entra: capitalised ops, text for truth values, URN paths", async () => {
    const { json } = await patchUser([
      { op: "Replace", path: "active", value: "False" },
      { op: "Replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:title", value: "Director" },
      { op: "Add", path: "name.givenName", value: "Zoë" },
      { op: "Add", path: `${enterpriseSchema}:department`, value: "Legal" },
      { op: "Add", path: `${enterpriseSchema}:manager`, value: "boss-1" },
      { op: "Add", path: knowbe4Schema, value: { customField1: "Contractor" } },
      { op: "Add", path: 'addresses[type eq "work"].formatted', value: "Dublin" },
    ]);
    expect(json).toMatchObject(wanted);
  });

  test("Okta: no path, one value object", async () => {
    const { json } = await patchUser([
      {
        op: "replace",
        value: {
          active: false,
          title: "Director",
          name: { givenName: "Zoë" },
          [enterpriseSchema]: { department: "Legal", manager: { value: "boss-1" } },
          [`${knowbe4Schema}:customField1`]: "Contractor",
          addresses: [{ type: "work", formatted: "Dublin" }],
        },
      },
    ]);
    expect(json).toMatchObject(wanted);
  });
});

test("remove and a null value both unassign, and leave the other values", async () => {
  const { json } = await patchUser([
    { op: "Remove", path: "title" },
    { op: "replace", value: { phoneNumbers: null } },
  ]);
  expect(json).not.toHaveProperty("title");
  expect(json).not.toHaveProperty("phoneNumbers");
  expect(json.name).toEqual({ givenName: "Zoe", familyName: "Oneill" });
});

test("a PATCH that is refused half-way changes nothing", async () => {
  const { status, json } = await patchUser([
    { op: "replace", path: "title", value: "Director" },
    { op: "replace", path: "active", value: "maybe" },
  ]);
  expect(status).toBe(400);
  expect(json).toMatchObject({ title: "Clerk", active: true });
});

test.each([
  ["no operations", []],
  ["an unknown op", [{ op: "move", path: "title", value: "x" }]],
  ["a remove without a path", [{ op: "remove" }]],
  ["an add without a value", [{ op: "add", path: "title" }]],
  ["a path into the prototype", [{ op: "add", path: "__proto__.polluted", value: "x" }]],
])("%s is a 400", async (_case, operations) => {
  expect((await patchUser(operations)).status).toBe(400);
});

describe("members", () => {
  async function withGroup(): Promise<{ tenant: TenantClient; ids: string[]; group: string }> {
    const tenant = await simulator.tenant({ reads: "mailbox" });
    const ids: string[] = [];
    for (const name of ["a", "b", "c"]) ids.push(await tenant.addUser(`${name}@acme.example`));
    const made = await tenant.scim("POST", "/Groups", {
      displayName: "New Hires",
      members: ids.slice(0, 2).map((value) => ({ value })),
    });
    return { tenant, ids, group: String(made.json.id) };
  }

  async function membersAfter(
    tenant: TenantClient,
    group: string,
    operations: unknown[],
  ): Promise<unknown[]> {
    const answer = await tenant.scim("PATCH", `/Groups/${group}`, {
      schemas: [message],
      Operations: operations,
    });
    expect(answer.status).toBe(204);
    const { json } = await tenant.scim("GET", `/Groups/${group}`);
    return itemsOf(json.members).map((member) => member.value);
  }

  test("plain: add a list, remove by filter", async () => {
    const { tenant, ids, group } = await withGroup();
    const [a, b, c] = ids;
    expect(
      await membersAfter(tenant, group, [
        { op: "add", path: "members", value: [{ value: c }, { value: b }] },
        { op: "remove", path: `members[value eq "${a}"]` },
      ]),
    ).toEqual([b, c]);
  });

  test("Entra: capitalised Add and Remove with value lists", async () => {
    const { tenant, ids, group } = await withGroup();
    const [a, b, c] = ids;
    expect(
      await membersAfter(tenant, group, [
        { op: "Add", path: "members", value: [{ $ref: null, value: c }] },
        { op: "Remove", path: "members", value: [{ value: a }] },
      ]),
    ).toEqual([b, c]);
  });

  test("Okta: the name with every update, and the whole list replaced", async () => {
    const { tenant, ids, group } = await withGroup();
    const [, , c] = ids;
    expect(
      await membersAfter(tenant, group, [
        { op: "replace", value: { id: group, displayName: "Joiners" } },
        { op: "replace", path: "members", value: [{ value: c, display: "c" }] },
      ]),
    ).toEqual([c]);
    expect((await tenant.scim("GET", `/Groups/${group}`)).json.displayName).toBe("Joiners");
  });

  test("a remove without a value empties the group", async () => {
    const { tenant, group } = await withGroup();
    expect(await membersAfter(tenant, group, [{ op: "remove", path: "members" }])).toEqual([]);
  });

  test("an unknown member or a nested group is refused, and the group keeps its members", async () => {
    const { tenant, ids, group } = await withGroup();
    for (const value of ["nobody", group]) {
      const answer = await tenant.scim("PATCH", `/Groups/${group}`, {
        Operations: [{ op: "add", path: "members", value: [{ value }] }],
      });
      expect(answer.status).toBe(400);
    }
    const { json } = await tenant.scim("GET", `/Groups/${group}`);
    expect(itemsOf(json.members).map((member) => member.value)).toEqual(ids.slice(0, 2));
  });
});
