import fc from "fast-check";
import { expect, test } from "vitest";
import { toListing } from "./listing";
import { Shelf } from "./shelf";

test("for any page size and cap, the pages in sequence hold every record once and in order", () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 1, max: 40 }),
      (size, count, cap) => {
        const shelf = new Shelf<{ id: string }>((record) => record.id);
        for (let number = 0; number < size; number += 1) shelf.put({ id: `r${number}` });
        const source = { shelf, nameAttribute: "id", toJson: (record: { id: string }) => ({ ...record }) };
        const seen: unknown[] = [];
        for (let startIndex = 1; ; ) {
          const page = toListing(source, { startIndex: String(startIndex), count: String(count) }, cap);
          expect(page.totalResults).toBe(size);
          if (page.itemsPerPage === 0) break;
          seen.push(...page.Resources.map((resource) => resource.id));
          startIndex += page.itemsPerPage;
        }
        expect(seen).toEqual([...shelf.byId.keys()]);
      },
    ),
  );
});

test("a shelf forgets a name that its record gave up, and keeps one that another has taken", () => {
  const shelf = new Shelf<{ id: string; name: string }>((record) => record.name);
  shelf.put({ id: "1", name: "Ada" });
  shelf.put({ id: "1", name: "Eva" });
  expect(shelf.findByName("ada")).toBeNull();
  shelf.put({ id: "2", name: "EVA" });
  shelf.remove("1");
  expect(shelf.findByName("eva")?.id).toBe("2");
});
