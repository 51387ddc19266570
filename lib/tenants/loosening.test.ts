import { expect, test } from "vitest";
import { findLoosened } from "@/lib/tenants/loosening";

const before = { domains: ["acme.example", "acme.test"], rateMax: 2, inFlightMax: 2 };
const after = { name: "Acme", domains: before.domains, rate: 2, inFlightMax: 2, visibleInMinutes: 240 };

test.each([
  ["the same", {}, []],
  ["a domain less", { domains: ["acme.example"] }, []],
  ["another domain", { domains: ["acme.example", "other.example"] }, ["domains"]],
  ["no domain, so that all are allowed", { domains: [] }, ["domains"]],
  ["a slower pace", { rate: 1, inFlightMax: 1 }, []],
  ["a faster pace", { rate: 2.1 }, ["rate"]],
  ["more at once", { inFlightMax: 3 }, ["inFlightMax"]],
])("%s", (_name, given, loosened) => {
  expect(findLoosened(before, { ...after, ...given })).toEqual(loosened);
});

test("a limit on a pace that had none tightens it", () => {
  expect(findLoosened({ ...before, rateMax: null }, after)).toEqual([]);
});

test("the first domain of a tenant tightens it", () => {
  expect(findLoosened({ ...before, domains: [] }, after)).toEqual([]);
});
