import { describe, expect, test } from "vitest";
import { listGroupChoices, toGroupText } from "@/components/changes/new-change/group-choice";

describe("groups over several tenants", () => {
  const groups = [
    { tenantId: "t1", displayName: "Legal" },
    { tenantId: "t1", displayName: "New Hires" },
    { tenantId: "t2", displayName: "new hires " },
    { tenantId: "t3", displayName: "Finance" },
  ];

  test("spellings of one name are one choice, and only chosen tenants count", () => {
    expect(listGroupChoices(groups, ["t1", "t2"])).toEqual([
      { name: "New Hires", tenants: 2 },
      { name: "Legal", tenants: 1 },
    ]);
  });

  test("each says where it exists and where it would be created", () => {
    expect(toGroupText(3, 3)).toBe("in 3 of 3 tenants");
    expect(toGroupText(1, 3)).toBe("in 1 of 3 tenants, will be created where missing");
    expect(toGroupText(0, 1)).toBe("new, will be created in 1 tenant");
    expect(toGroupText(0, 0)).toBe("choose tenants first");
  });
});
