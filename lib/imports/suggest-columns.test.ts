import { describe, expect, test } from "vitest";
import { toColumnNames } from "@/lib/csv/column-names";
import { matchColumns } from "@/lib/imports/match-columns";
import { suggestColumns } from "@/lib/imports/suggest-columns";

function suggest(header: string) {
  const columns = toColumnNames(header.split(","));
  const targets = matchColumns({ columns, samples: [], hasTenantColumn: false });
  return suggestColumns({ columns, targets, hasTenantColumn: false });
}

describe("an unknown header near a known one is offered its meaning", () => {
  test.for([
    ["Dept", "department"],
    ["Dept.", "department"],
    ["Departmnet", "department"],
    ["Deparment", "department"],
    ["Department name", "department"],
    ["Employee department", "department"],
    ["FName", "givenName"],
    ["LName", "familyName"],
    ["Emp Nr", "employeeNumber"],
    ["Mgr Email", "manager"],
    ["Loc", "location"],
    ["Locaton", "location"],
    ["Mobile contact", "mobilePhone"],
    ["Security groups", "groups"],
  ] as const)("%s: %s", ([header, target]) => {
    expect(suggest(`Email,${header}`)).toEqual([null, target]);
  });
});

test.for([
  "Team",
  "Note",
  "Rank",
  "Cost center",
  "Hire date",
  "Street",
  "Password",
  "Home email",
  "42",
  "Gender",
])("“%s” is near nothing", (header) => {
  expect(suggest(`Email,${header}`)).toEqual([null, null]);
});

test("nothing is offered twice, nor what another column already means", () => {
  expect(suggest("Email,Dept,Department")).toEqual([null, null, null]);
  expect(suggest("Email,Dept,Depart")).toEqual([null, "department", null]);
});
