import { expect, test } from "vitest";
import { hasFilter, parsePeopleQuery, peopleHref } from "@/components/people/people-query";
import { decodePathPart, newChangeHref, personHref } from "@/components/people/person-href";

const tenant = "d19f5ce0-0674-40cb-9d08-96b3004e110b";

test("an invalid address shows the whole list instead of an error", () => {
  const query = parsePeopleQuery({
    q: "  ",
    tenant: "1; drop table",
    state: "gone",
    group: ["Legal", "HR"],
    odd: "x",
  });
  expect(query).toEqual({
    q: undefined,
    tenant: undefined,
    state: undefined,
    group: "Legal",
    after: undefined,
  });
});

test("a filtered list has an address that leads back to it", () => {
  const query = { q: "o'brien & co", tenant, state: "archived", group: "R&D", after: undefined } as const;
  const url = new URL(peopleHref(query), "http://rollcall.example");
  expect(parsePeopleQuery(Object.fromEntries(url.searchParams))).toEqual(query);
  expect(hasFilter(query)).toBe(true);
  expect(peopleHref({})).toBe("/people");
});

test("every id that a tenant may give a person survives in the address", () => {
  const account = { tenantId: tenant, resourceId: "a/b?c=1&d #%" };
  expect(decodePathPart(personHref(account).split("/").at(-1) ?? "")).toBe(account.resourceId);
  const url = new URL(newChangeHref("offboard", account), "http://rollcall.example");
  expect(url.searchParams.get("person")).toBe(account.resourceId);
  expect(decodePathPart("100%")).toBe("100%");
});
