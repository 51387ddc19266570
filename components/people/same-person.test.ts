import { describe, expect, test } from "vitest";
import { isSameName, splitPerson } from "@/components/people/same-person";
import type { Account } from "@/lib/directory/types";

const account = (
  tenantId: string,
  displayName: string,
  externalId: string,
  userName = `${tenantId}@x.example`,
): Account => ({
  tenantId,
  tenantName: tenantId,
  resourceId: "r",
  userName,
  displayName,
  active: true,
  attributes: { externalId },
  groups: [],
  seenAt: new Date(0),
});

describe("a person's accounts", () => {
  test("of another client with the same employee number are not this person's", () => {
    const ethan = account("t1", "Ethan Cole", "emp-1032");
    const nadia = account("t2", "Nadia Petrova", "emp-1032");
    const parts = splitPerson({ name: "Ethan Cole", accounts: [ethan, nadia], namesakes: [] }, ethan);
    expect(parts).toMatchObject({ sure: [ethan], unlike: [nadia] });
  });

  test("that share a random ID or an address are theirs, whatever the name", () => {
    const id = "d19f5ce0-0674-40cb-9d08-96b3004e110b";
    const before = account("t1", "Grace Murray", id);
    const after = account("t2", "Grace Hopper", id);
    const twin = account("t3", "G. H.", "7", before.userName.toUpperCase());
    expect(
      splitPerson({ name: "", accounts: [before, after, twin], namesakes: [] }, before).sure,
    ).toHaveLength(3);
  });

  test.each([
    ["Ana Ruiz", "ana  RUÍZ", true],
    ["Ana Ruiz", "Ruiz, Ana María", true],
    ["Ana Ruiz", "Carlos Ruiz", false],
    ["Ana", "Ana Ruiz", false],
    ["", "", false],
  ])("%j and %j are one name: %s", (a, b, same) => {
    expect(isSameName(a, b)).toBe(same);
    expect(isSameName(b, a)).toBe(same);
  });
});
