import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttributeValues, attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { fromScimGroup, fromScimUser } from "@/lib/knowbe4/from-scim";
import { toPatchOperations, toScimUser } from "@/lib/knowbe4/to-scim";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const kmsat = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

describe("toScimUser", () => {
  test("lists a URN exactly when its block is sent", () => {
    const schemasOf = (values: AttributeValues) => toScimUser(values).schemas;
    expect(schemasOf({ userName: "a@b.com", title: "CEO" })).toEqual([core]);
    expect(schemasOf({ userName: "a@b.com", department: "IT" })).toEqual([core, enterprise]);
    expect(schemasOf({ userName: "a@b.com", country: "NP" })).toEqual([core, kmsat]);
    expect(Object.keys(toScimUser({ country: "NP", manager: "m" }))).toEqual(
      expect.arrayContaining([enterprise, kmsat]),
    );
  });

  test("builds the body as the schemas nest it", () => {
    expect(
      toScimUser({
        userName: "ana@b.com",
        givenName: "Ana",
        familyName: "Ray",
        location: "Patan",
        workPhone: "1",
        mobilePhone: "2",
        manager: "max@b.com",
        managerName: "Max",
        customField1: "x",
      }),
    ).toEqual({
      schemas: [core, enterprise, kmsat],
      userName: "ana@b.com",
      name: { givenName: "Ana", familyName: "Ray" },
      emails: [{ type: "work", primary: true, value: "ana@b.com" }],
      phoneNumbers: [
        { type: "work", value: "1" },
        { type: "mobile", value: "2" },
      ],
      addresses: [{ type: "work", formatted: "Patan" }],
      active: true,
      [enterprise]: { manager: { value: "max@b.com", displayName: "Max" } },
      [kmsat]: { customField1: "x" },
    });
  });

  test("a body that is sent reads back the same, whatever is set", () => {
    const value = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() !== "");
    const values = fc.record(Object.fromEntries(attributeKeys.map((key) => [key, value])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(values, (sent) => {
        const resource = JSON.parse(JSON.stringify({ id: "1", ...toScimUser(sent) }));
        expect(fromScimUser(resource)).toMatchObject({ resourceId: "1", active: true, attributes: sent });
      }),
    );
  });
});

describe("toPatchOperations", () => {
  test("is one operation an attribute, never null, and none for unnamed attributes", () => {
    expect(
      toPatchOperations({
        title: "CEO",
        givenName: null,
        department: "IT",
        customField1: null,
        workPhone: "1",
      }),
    ).toEqual([
      { op: "remove", path: "name.givenName" },
      { op: "replace", path: "title", value: "CEO" },
      { op: "add", path: 'phoneNumbers[type eq "work"].value', value: "1" },
      { op: "replace", path: `${enterprise}:department`, value: "IT" },
      { op: "remove", path: `${kmsat}:customField1` },
    ]);
    expect(toPatchOperations({ title: undefined })).toEqual([]);
  });

  test("clearing a phone takes the whole entry, clearing a location only the line", () => {
    expect(toPatchOperations({ mobilePhone: null, location: null })).toEqual([
      { op: "remove", path: 'addresses[type eq "work"].formatted' },
      { op: "remove", path: 'phoneNumbers[type eq "mobile"]' },
    ]);
  });

  test("as wholes, an entry or object is added around the value and the rest stays as it is", () => {
    expect(toPatchOperations({ workPhone: "1", manager: "m", title: "CEO" }, { asWholes: true })).toEqual([
      { op: "replace", path: "title", value: "CEO" },
      { op: "add", path: "phoneNumbers", value: [{ type: "work", value: "1" }] },
      { op: "add", path: `${enterprise}:manager`, value: { value: "m" } },
    ]);
  });

  test("every attribute can be set and cleared", () => {
    for (const key of attributeKeys) {
      const { urn } = attributes[key];
      const paths = [toPatchOperations({ [key]: "x" }), toPatchOperations({ [key]: null })].flat();
      expect(paths).toHaveLength(2);
      for (const { path } of paths) expect(path.startsWith("urn:")).toBe(urn !== core);
    }
  });
});

describe("fromScimUser", () => {
  test("reads any spelling of names, URNs and types", () => {
    const user = fromScimUser({
      id: "7",
      USERNAME: "ana@b.com",
      Name: { GivenName: "Ana" },
      phoneNumbers: [{ type: "Work", value: 17 }, "junk", { value: "typeless" }],
      title: "  ",
      addresses: null,
      [`${enterprise.toUpperCase()}:`]: { Department: "IT", manager: "max@b.com" },
      [`${kmsat}:country`]: "NP",
    });
    expect(user).toEqual({
      resourceId: "7",
      externalId: null,
      active: null,
      attributes: {
        userName: "ana@b.com",
        givenName: "Ana",
        workPhone: "17",
        department: "IT",
        manager: "max@b.com",
        country: "NP",
      },
    });
  });

  test.each([
    [false, false],
    ["False", false],
    ["false", false],
    [true, true],
    ["True", true],
    [undefined, null],
    [null, null],
    [1, null],
    [0, null],
    ["1", null],
    ["yes", null],
  ])("active %o reads as %o", (active, expected) => {
    expect(fromScimUser({ id: "1", active }).active).toBe(expected);
  });

  test("the external ID is read once and shown in both places", () => {
    const { externalId, attributes: values } = fromScimUser({ id: "1", externalId: "x-1" });
    expect([externalId, values.externalId]).toEqual(["x-1", "x-1"]);
  });
});

test.each([
  ["null", null, []],
  ["no list", { value: "1" }, []],
  ["a member without an id", ["1", { display: "Ana" }], ["1"]],
])("%s in place of a group's members tells of nobody that they are not a member", (_, members, memberIds) => {
  expect(fromScimGroup({ id: "g", members })).toMatchObject({ memberIds, membersLeftOut: true });
});

test("a group's members are read as objects or plain ids, each once", () => {
  const members = [{ value: "1" }, { value: "1", display: "Ana" }, "2", { value: 3 }];
  expect(fromScimGroup({ id: "g", displayName: "Sales", externalId: "e", members })).toEqual({
    resourceId: "g",
    displayName: "Sales",
    externalId: "e",
    memberIds: ["1", "2", "3"],
  });
  expect(fromScimGroup({ id: "g" })).toMatchObject({ memberIds: [], displayName: "", externalId: null });
  expect(fromScimGroup({ id: "g", members: [] })).not.toHaveProperty("membersLeftOut");
});
