import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import { judgeRow, type Sheet } from "@/lib/imports/judge-row";
import { indexTenants, type NamedTenant } from "@/lib/imports/match-tenant";
import type { Standing } from "@/lib/imports/standing";
import type { ColumnTarget } from "@/lib/imports/types";

const contoso: NamedTenant = {
  id: "contoso",
  name: "Contoso Légal",
  domains: ["contoso.com"],
  isDisconnected: false,
};
const fabrikam: NamedTenant = { id: "fabrikam", name: "Fabrikam", domains: [], isDisconnected: false };
const gone: NamedTenant = { id: "gone", name: "Gone", domains: [], isDisconnected: true };
const twin = { ...fabrikam, id: "twin", domains: ["twin.example"] };

function judge(
  targets: ColumnTarget[],
  cells: string[],
  { standing = null, ...more }: Partial<Sheet> & { standing?: Standing | null } = {},
) {
  const columns = targets.map((target, index) => `${target} ${index}`);
  return judgeRow(
    { seq: 7, cells },
    { columns, targets, tenant: fabrikam, tenants: new Map(), ...more },
    standing,
  );
}

function codesOf(row: { problems: { code: string }[] }): string[] {
  return row.problems.map(({ code }) => code);
}

test("a good row holds its cells' values, and none of the blank ones", () => {
  const row = judge(
    ["userName", "givenName", "title", "groups", "groups", "status", "extra", "customDate1", "ignore"],
    [" Ann@B.ch ", "Ann", "  ", "All; Sales|all", "Board", "Ausgetreten", "x", "2026-11-21", "?"],
  );
  expect(row).toEqual({
    seq: 7,
    tenantId: "fabrikam",
    userNameKey: "ann@b.ch",
    fields: { userName: "Ann@B.ch", givenName: "Ann", "extra 6": "x", customDate1: "2026-11-21T00:00:00Z" },
    groups: ["all", "Sales", "Board"],
    active: false,
    problems: [],
    warnings: [],
  });
});

test("any cells give a row or a reason, never a blank field and never an error", () => {
  const target = fc.constantFrom<ColumnTarget>(
    ...attributeKeys,
    "tenant",
    "groups",
    "status",
    "archived",
    "extra",
    "ignore",
  );
  const pair = fc.tuple(target, fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 12 }), (pairs) => {
      const row = judge(
        pairs.map(([each]) => each),
        pairs.map(([, cell]) => cell),
        { tenant: null, tenants: indexTenants([contoso, fabrikam]) },
      );
      expect(Object.values(row.fields).every((value) => value.trim() !== "")).toBe(true);
      expect(row.groups.every((name) => name.trim() !== "")).toBe(true);
      const isUsable = row.tenantId !== null && row.fields.userName !== undefined && row.userNameKey !== null;
      expect(row.problems.length > 0 || isUsable).toBe(true);
    }),
  );
});

test("last cells that are missing are blank, as spreadsheets leave them out", () => {
  const row = judge(["userName", "title", "groups"], ["a@b.ch"]);
  expect([row.problems, row.fields, row.groups]).toEqual([[], { userName: "a@b.ch" }, []]);
});

describe("what is wrong with a row", () => {
  test("a value that the attribute's rules refuse, in a message without the value", () => {
    const wrong = ["21.11.2026", "yesterday"].map((cell) =>
      judge(["userName", "customDate1"], ["a@b.ch", cell]),
    );
    expect(wrong[0]?.problems).toEqual([
      {
        code: "value",
        column: "customDate1 1",
        message: "Custom date 1 is not a date. Write it as 2022-04-04T04:23:30Z.",
      },
    ]);
    expect(wrong[1]?.problems).toEqual(wrong[0]?.problems);
  });

  test("a missing address has another repair than an invalid one", () => {
    expect(codesOf(judge(["userName"], [" "]))).toEqual(["address-missing"]);
    expect(codesOf(judge(["userName"], ["ann at b.ch"]))).toEqual(["value"]);
  });

  test("an address outside the tenant's domains, where it has any", () => {
    expect(codesOf(judge(["userName"], ["ann@contoso.com"], { tenant: contoso }))).toEqual([]);
    expect(codesOf(judge(["userName"], ["ann@gmail.com"], { tenant: contoso }))).toEqual([
      "domain-not-allowed",
    ]);
  });

  test("too many or unreadable cells, and an unknown status", () => {
    expect(codesOf(judge(["userName"], ["a@b.ch", "x"]))).toEqual(["ragged"]);
    expect(codesOf(judge(["userName", "title"], ["a@b.ch", "B\uFFFDro"]))).toEqual(["unreadable"]);
    expect(codesOf(judge(["userName", "status"], ["a@b.ch", "perhaps"]))).toEqual(["status"]);
    expect(codesOf(judge(["userName", "groups"], ["a@b.ch", "x".repeat(257)]))).toEqual(["group"]);
  });

  test("a tenant that is missing, unknown, ambiguous or disconnected", () => {
    const tenants = indexTenants([contoso, fabrikam, twin, gone]);
    const at = (cell: string) =>
      judge(["userName", "tenant"], ["a@contoso.com", cell], { tenant: null, tenants });
    expect([codesOf(at("  contoso  légal ")), at("CONTOSO.com").tenantId]).toEqual([[], "contoso"]);
    expect(codesOf(at(""))).toEqual(["tenant-missing"]);
    expect(codesOf(at("Nobody"))).toEqual(["tenant-unknown"]);
    expect(codesOf(at("fabrikam"))).toEqual(["tenant-ambiguous"]);
    // The tenant is named, so that an operator who may not see it does not see the row.
    expect([codesOf(at("gone")), at("gone").tenantId]).toEqual([["tenant-disconnected"], "gone"]);
  });
});

describe("a value that the tenant holds already", () => {
  const standing: Standing = {
    userName: "Ann@gmail.com",
    attributes: {
      location: "1 Main St\r\nSpringfield",
      customDate1: "soon",
      employeeNumber: "00077",
      title: "B\uFFFD",
    },
    groups: ["R&D; Berlin", "Staff"],
  };

  test("is no new value: our rules for new ones do not refuse it", () => {
    const row = judge(
      ["userName", "location", "customDate1", "title", "groups"],
      ["ann@GMAIL.com", "1 Main St\nSpringfield ", "soon", "B\uFFFD", '"r&d; berlin"; Board'],
      { standing, tenant: contoso },
    );
    expect(row).toMatchObject({
      fields: {
        userName: "Ann@gmail.com",
        location: "1 Main St\r\nSpringfield",
        customDate1: "soon",
        title: "B\uFFFD",
      },
      groups: ["R&D; Berlin", "Board"],
      problems: [],
      warnings: [],
    });
    expect(
      codesOf(judge(["userName", "location"], ["ann@gmail.com", "2 Main St\nSpringfield"], { standing })),
    ).toEqual(["value"]);
  });

  test("keeps its leading zeros, and the check says so", () => {
    const numbered = (cell: string) =>
      judge(["userName", "employeeNumber"], ["ann@gmail.com", cell], { standing });
    expect(numbered("77")).toMatchObject({
      fields: { employeeNumber: "00077" },
      problems: [],
      warnings: [{ code: "zeros", column: "employeeNumber 1" }],
    });
    for (const other of ["78", "077", "00077", "770"]) {
      expect(numbered(other)).toMatchObject({ fields: { employeeNumber: other }, warnings: [] });
    }
  });
});

test("a column headed Archived is read inverted", () => {
  const activeOf = (cell: string) => judge(["userName", "archived"], ["a@b.ch", cell]).active;
  expect([activeOf("yes"), activeOf("No"), activeOf("archived"), activeOf("")]).toEqual([
    false,
    true,
    false,
    null,
  ]);
});

test("an extra column is never taken for an attribute or an object's own property", () => {
  const row = judgeRow(
    { seq: 1, cells: ["a@b.ch", "Boss", "x"] },
    {
      columns: ["Email", "title", "__proto__"],
      targets: ["userName", "extra", "extra"],
      tenant: fabrikam,
      tenants: new Map(),
    },
    null,
  );
  expect(JSON.stringify(row.fields)).toBe('{"userName":"a@b.ch","title (column)":"Boss","__proto__":"x"}');
});
