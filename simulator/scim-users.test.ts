import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, itemsOf, startInProcess } from "./in-process";
import { enterpriseSchema, knowbe4Schema } from "./records";

let simulator: InProcess;
beforeAll(async () => {
  simulator = await startInProcess();
});
afterAll(() => simulator.close());

describe("access", () => {
  test("a missing, wrong or revoked token gets a 401 in SCIM form, and is counted", async () => {
    const tenant = await simulator.tenant();
    const missing = await tenant.scim("GET", "/Users", undefined, { authorization: "" });
    const wrong = await tenant.scim("GET", "/Users", undefined, { authorization: `Bearer ${tenant.token}x` });
    await tenant.control("POST", "/token/revoke");
    const revoked = await tenant.scim("GET", "/Users");
    for (const answer of [missing, wrong, revoked]) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toContain("application/scim+json");
      expect(answer.json).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "401",
      });
    }
    const stats = await tenant.control("GET", "/stats");
    expect(stats.json.authorizationFailures).toBe(3);
  });

  test("a regenerated token works and the one before it does not", async () => {
    const tenant = await simulator.tenant();
    const { json } = await tenant.control("POST", "/token/regenerate");
    expect((await tenant.scim("GET", "/Users")).status).toBe(401);
    const renewed = await tenant.scim("GET", "/Users", undefined, { authorization: `Bearer ${json.token}` });
    expect(renewed.status).toBe(200);
  });

  test("one tenant's token does not open another tenant", async () => {
    const [mine, other] = [await simulator.tenant(), await simulator.tenant()];
    const answer = await mine.scim("GET", "/Users", undefined, { authorization: `Bearer ${other.token}` });
    expect(answer.status).toBe(401);
  });
});

describe("listing", () => {
  test("the pages contain everybody exactly once, and a page never exceeds the cap", async () => {
    const tenant = await simulator.tenant({ people: 25, pageSizeMax: 7 });
    const names: unknown[] = [];
    for (let startIndex = 1; ; ) {
      const { json } = await tenant.scim("GET", `/Users?startIndex=${startIndex}&count=100`);
      const page = itemsOf(json.Resources);
      if (page.length === 0) break;
      expect(json).toMatchObject({ totalResults: 25, startIndex, itemsPerPage: page.length });
      expect(page.length).toBeLessThanOrEqual(7);
      names.push(...page.map((user) => user.userName));
      startIndex += page.length;
    }
    expect(names).toHaveLength(25);
    expect(new Set(names).size).toBe(25);
  });

  test("userName eq finds without regard to case, and answers an empty list for an unknown name", async () => {
    const tenant = await simulator.tenant({ people: 3 });
    const one = await tenant.scim(
      "GET",
      `/Users?filter=${encodeURIComponent(`userName eq "PERSON.000002@${tenant.slug}.example"`)}`,
    );
    expect(itemsOf(one.json.Resources).map((user) => user.userName)).toEqual([
      `person.000002@${tenant.slug}.example`,
    ]);
    const none = await tenant.scim("GET", '/Users?filter=userName%20eq%20"nobody"');
    expect(none.status).toBe(200);
    expect(none.json).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test("other filters are evaluated, and an invalid one is a 400", async () => {
    const tenant = await simulator.tenant({ people: "believable" });
    const inactive = await tenant.scim("GET", "/Users?filter=active%20eq%20false");
    const shown = itemsOf(inactive.json.Resources);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((user) => user.active === false)).toBe(true);
    const broken = await tenant.scim("GET", "/Users?filter=userName%20%20eq");
    expect(broken.status).toBe(400);
    expect(broken.json.scimType).toBe("invalidFilter");
  });
});

describe("writing", () => {
  test("a create keeps both extensions and lists them in schemas", async () => {
    const tenant = await simulator.tenant({ reads: "mailbox" });
    const id = await tenant.addUser("zoe@acme.example", {
      [enterpriseSchema]: { department: "Legal", manager: "boss-1" },
      [knowbe4Schema]: { customField1: "Contractor", customDate1: "2022-04-04T04:23:30Z" },
      password: "never kept",
      nickName: null,
    });
    const { json } = await tenant.scim("GET", `/Users/${id}`);
    expect(json.schemas).toEqual(expect.arrayContaining([enterpriseSchema, knowbe4Schema]));
    expect(json[enterpriseSchema]).toEqual({ department: "Legal", manager: { value: "boss-1" } });
    expect(json[knowbe4Schema]).toEqual({ customField1: "Contractor", customDate1: "2022-04-04T04:23:30Z" });
    expect(json).not.toHaveProperty("password");
    expect(json).not.toHaveProperty("nickName");
  });

  test("a taken userName is a 409 in any case, without scimType unless configured", async () => {
    const tenant = await simulator.tenant();
    await tenant.addUser("zoe@acme.example");
    const again = await tenant.scim("POST", "/Users", { userName: "ZOE@acme.example" });
    expect(again.status).toBe(409);
    expect(again.json).not.toHaveProperty("scimType");
    await tenant.control("PATCH", "", { conflictScimType: true });
    const typed = await tenant.scim("POST", "/Users", { userName: "zoe@ACME.example" });
    expect(typed.json.scimType).toBe("uniqueness");
    const stats = await tenant.control("GET", "/stats");
    expect(stats.json).toMatchObject({ conflicts: 2, createsAccepted: 1, duplicateCreates: {} });
  });

  test("a rename to another person's address is a 409 and changes nothing", async () => {
    const tenant = await simulator.tenant({ reads: "mailbox" });
    await tenant.addUser("a@acme.example");
    const id = await tenant.addUser("b@acme.example");
    const answer = await tenant.scim("PATCH", `/Users/${id}`, {
      Operations: [{ op: "replace", path: "userName", value: "A@acme.example" }],
    });
    expect(answer.status).toBe(409);
    expect((await tenant.scim("GET", `/Users/${id}`)).json.userName).toBe("b@acme.example");
  });

  test("PUT replaces the whole person", async () => {
    const tenant = await simulator.tenant({ reads: "mailbox" });
    const id = await tenant.addUser("a@acme.example", { title: "Clerk" });
    const answer = await tenant.scim("PUT", `/Users/${id}`, { userName: "a@acme.example", displayName: "A" });
    expect(answer.status).toBe(200);
    const { json } = await tenant.scim("GET", `/Users/${id}`);
    expect(json.displayName).toBe("A");
    expect(json).not.toHaveProperty("title");
  });

  test.each([
    ["a body that is not JSON", "{oops", 400],
    ["no userName", { displayName: "A" }, 400],
    ["a userName that is not an address", { userName: "a" }, 400],
    ["an active that is not a truth value", { userName: "a@acme.example", active: "maybe" }, 400],
  ])("%s is refused in SCIM form", async (_case, body, status) => {
    const tenant = await simulator.tenant();
    const answer = await tenant.scim("POST", "/Users", body);
    expect(answer.status).toBe(status);
    expect(answer.json.status).toBe(String(status));
  });

  test("an unknown id is a 404 for every method", async () => {
    const tenant = await simulator.tenant();
    const patch = { Operations: [{ op: "replace", path: "title", value: "x" }] };
    const bodies = { GET: undefined, PUT: { userName: "a@b.example" }, PATCH: patch, DELETE: undefined };
    for (const [method, body] of Object.entries(bodies)) {
      expect((await tenant.scim(method, "/Users/nobody", body)).status).toBe(404);
    }
  });
});

test("discovery describes the service's features and schemas", async () => {
  const tenant = await simulator.tenant({ pageSizeMax: 50 });
  const config = await tenant.scim("GET", "/ServiceProviderConfig");
  expect(config.json).toMatchObject({
    patch: { supported: true },
    filter: { supported: true, maxResults: 50 },
  });
  const schemas = await tenant.scim("GET", "/Schemas");
  expect(itemsOf(schemas.json.Resources).map((schema) => schema.id)).toContain(knowbe4Schema);
  const types = await tenant.scim("GET", "/ResourceTypes");
  expect(itemsOf(types.json.Resources).map((type) => type.endpoint)).toEqual(["/Users", "/Groups"]);
  expect((await tenant.scim("GET", "/Bulk")).json.status).toBe("404");
});
