import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startScimmyServer } from "@/test/scimmy-server";
import { createScimClient, type ScimClient } from "@/lib/scim/client";
import { createKnowBe4Client, type KnowBe4Client } from "@/lib/knowbe4/client";
import { explainError } from "@/lib/knowbe4/explain-error";
import { probe } from "@/lib/knowbe4/probe";
import { sameAttributeValue } from "@/lib/knowbe4/same-attribute-value";

// Both libraries against a SCIM server by another author. Test names that begin "scimmy" record that server's
// behaviour.

let server: Awaited<ReturnType<typeof startScimmyServer>>;
let scim: ScimClient;
let knowbe4: KnowBe4Client;

beforeAll(async () => {
  server = await startScimmyServer();
  scim = createScimClient({ baseUrl: server.baseUrl, token: server.token });
  knowbe4 = createKnowBe4Client(scim);
});

afterAll(async () => {
  await scim.close();
  await server.close();
});

async function createAna(userName: string) {
  const { user, dropped } = await knowbe4.createUser({
    userName,
    givenName: "Ana",
    familyName: "Ray",
    title: "CEO",
    mobilePhone: "1",
    location: "Patan",
    department: "IT",
    manager: "max",
    customField1: "x",
    customDate1: "2022-04-04T04:23:30Z",
  });
  expect(dropped).toEqual([]);
  return user;
}

describe("people", () => {
  test("a person is created with all three blocks, found by address and read back", async () => {
    const created = await createAna("ana@create.example");
    const [found, ...others] = await knowbe4.findUsersByAddress("ana@create.example");
    expect(others).toEqual([]);
    expect(found).toEqual(created);
    expect(await knowbe4.getUser(created.resourceId)).toEqual(created);
    expect(created).toMatchObject({
      active: true,
      attributes: {
        givenName: "Ana",
        location: "Patan",
        department: "IT",
        manager: "max",
        customField1: "x",
      },
    });
  });

  test("scimmy gives dates back with .000Z, which is no difference", async () => {
    const { attributes } = await createAna("ana@dates.example");
    expect(attributes.customDate1).toBe("2022-04-04T04:23:30.000Z");
    expect(sameAttributeValue("customDate1", attributes.customDate1, "2022-04-04T04:23:30Z")).toBe(true);
  });

  test("each block is changed by its paths", async () => {
    const { resourceId } = await createAna("ana@update.example");
    const changed = await knowbe4.updateUser(resourceId, {
      givenName: "Anya",
      title: "CTO",
      mobilePhone: "2",
      department: "R&D",
      customField1: "y",
      customDate1: null,
      familyName: null,
    });
    expect(changed?.attributes).toEqual({
      userName: "ana@update.example",
      givenName: "Anya",
      title: "CTO",
      mobilePhone: "2",
      location: "Patan",
      department: "R&D",
      manager: "max",
      customField1: "y",
    });
  });

  test("scimmy refuses a path into an extension's object and into a missing list entry; both still get set", async () => {
    const { resourceId } = await createAna("ana@wholes.example");
    const changed = await knowbe4.updateUser(resourceId, { manager: "mia", workPhone: "3", title: "CFO" });
    expect(changed?.attributes).toMatchObject({
      manager: "mia",
      workPhone: "3",
      mobilePhone: "1",
      title: "CFO",
    });
  });

  test("clearing removes, list entries and the manager too", async () => {
    const { resourceId } = await createAna("ana@clear.example");
    await knowbe4.updateUser(resourceId, {
      mobilePhone: null,
      location: null,
      department: null,
      customField1: null,
    });
    const { attributes } = await knowbe4.getUser(resourceId);
    expect(Object.keys(attributes).sort()).toEqual(
      ["userName", "givenName", "familyName", "title", "manager", "customDate1"].sort(),
    );
  });

  test("scimmy answers 204 to a PATCH without effect, which gives null", async () => {
    const { resourceId } = await createAna("ana@same.example");
    expect(await knowbe4.updateUser(resourceId, { title: "CEO" })).toBeNull();
  });

  test("a person is archived and restored", async () => {
    const { resourceId } = await createAna("ana@archive.example");
    expect((await knowbe4.archiveUser(resourceId))?.active).toBe(false);
    expect((await knowbe4.getUser(resourceId)).active).toBe(false);
    expect((await knowbe4.restoreUser(resourceId))?.active).toBe(true);
  });

  test("scimmy drops an attribute it does not know, silently", async () => {
    const { user, dropped } = await knowbe4.createUser({ userName: "ana@unknown.example", hostname: "pc-1" });
    expect(dropped).toEqual([]);
    expect(user.attributes).toEqual({ userName: "ana@unknown.example" });
  });

  test("scimmy finds an address only in the case it was stored in: a conflict that is not visible", async () => {
    await createAna("Ana@Case.example");
    const error = await knowbe4
      .createUser({ userName: "ana@case.example" })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "conflict", scimType: "uniqueness" });
    expect(explainError(error).code).toBe("conflict");
    expect(await knowbe4.findUsersByAddress("ana@case.example")).toEqual([]);
  });

  test("a missing person is vanished, to a read and to a write", async () => {
    for (const call of [knowbe4.getUser("nobody"), knowbe4.archiveUser("nobody")]) {
      expect(explainError(await call.catch((thrown: unknown) => thrown)).code).toBe("vanished");
    }
  });
});

describe("listings", () => {
  test("pages contain everybody, each once", async () => {
    for (let number = 0; number < 25; number++) {
      await knowbe4.createUser({ userName: `person${number}@pages.example` });
    }
    const names: string[] = [];
    let total = 0;
    for await (const { items, received, totalResults } of knowbe4.listUsers({ pageSize: 10 })) {
      expect(received).toBeLessThanOrEqual(10);
      names.push(...items.map(({ attributes }) => attributes.userName ?? ""));
      total = totalResults;
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(total);
    expect(names.filter((name) => name.endsWith("@pages.example"))).toHaveLength(25);
  });
});

describe("groups", () => {
  test("150 members are added and 101 removed, in blocks", async () => {
    const { resourceId } = await knowbe4.createGroup("Everyone");
    const ids = Array.from({ length: 150 }, (_, index) => `member-${index}`);
    const statuses: (number | null)[] = [];
    const context = { onExchange: ({ status }: { status: number | null }) => void statuses.push(status) };
    await knowbe4.addMembers(resourceId, ids, context);
    expect((await knowbe4.getGroup(resourceId)).memberIds).toEqual(ids);
    await knowbe4.removeMembers(resourceId, ids.slice(0, 101), context);
    expect((await knowbe4.getGroup(resourceId)).memberIds).toEqual(ids.slice(101));
    expect(statuses).toHaveLength(4);
  });

  test("a group is found by its name and listed", async () => {
    const { resourceId } = await knowbe4.createGroup("Sales & Süd #1");
    const found = await knowbe4.findGroupsByName("Sales & Süd #1");
    expect(found.map((group) => group.resourceId)).toEqual([resourceId]);
    const listed: string[] = [];
    for await (const { items } of knowbe4.listGroups())
      listed.push(...items.map((group) => group.resourceId));
    expect(listed).toContain(resourceId);
  });
});

test("scimmy does not read an escaped quote in a filter: the lookup fails instead of finding nobody", async () => {
  const error = await knowbe4.findGroupsByName('The "A" team').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: "invalid", status: 400, scimType: "invalidFilter" });
});

describe("the probe", () => {
  test("passes, with the server's own description", async () => {
    const { passed, steps, capabilities } = await probe(scim, { now: new Date() });
    expect(steps.map(({ state }) => state)).toEqual(Array(6).fill("ok"));
    expect({ passed, ...capabilities }).toMatchObject({
      passed: true,
      patch: true,
      filter: true,
      serviceProviderConfig: true,
    });
  });

  test("detects a wrong token", async () => {
    const stranger = createScimClient({ baseUrl: server.baseUrl, token: "other" });
    const { steps } = await probe(stranger, { now: new Date() });
    await stranger.close();
    expect(steps.find(({ state }) => state === "failed")?.key).toBe("token");
  });
});
