import fc from "fast-check";
import { expect, test } from "vitest";
import { type AttributeChanges, type AttributeValues, attributeKeys } from "@/lib/knowbe4/attributes";
import { diffAttributes } from "@/lib/changes/plan/diff";
import { missingFrom } from "@/lib/engine/confirm/visible";

const values = fc.dictionary(fc.constantFrom(...attributeKeys), fc.string(), { noNullPrototype: true });
const changes = fc.dictionary(fc.constantFrom(...attributeKeys), fc.option(fc.string()), {
  noNullPrototype: true,
});

test("after the differences are written everything wanted is visible, and unnamed values are unchanged", () => {
  fc.assert(
    fc.property(changes, values, (wanted: AttributeChanges, standing: AttributeValues) => {
      const written = diffAttributes(wanted, standing);
      const after: AttributeChanges = { ...standing, ...written };
      const seen = { active: true, attributes: withoutNulls(after) };
      expect(missingFrom({ intent: { kind: "update", changes: wanted } }, seen)).toEqual([]);
      expect(Object.keys(written).every((key) => key in wanted)).toBe(true);
      // Once it is visible, nothing is left to write.
      expect(diffAttributes(wanted, withoutNulls(after))).toEqual({});
    }),
  );
});

function withoutNulls(given: AttributeChanges): AttributeValues {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, value]],
    ),
  );
}
