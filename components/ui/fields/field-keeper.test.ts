import { expect, test } from "vitest";
import { FieldKeeper, type FieldReport, type KeptField } from "@/components/ui/fields/field-keeper";

type Typed = Partial<FieldReport> & { key: string };

function createField({ key, value = "", isSecret = false }: Typed) {
  let held = value;
  let before: unknown = "";
  const field: KeptField & { held: () => unknown } = {
    report: () => ({ key, value: held, isChanged: held !== before, isSecret }),
    take: (given) => {
      if (typeof given !== "string") return false;
      held = given;
      return true;
    },
    settle: () => {
      before = held;
    },
    held: () => held,
  };
  return field;
}

function createKeeper(...fields: KeptField[]) {
  const given = { count: 0 };
  const keeper = new FieldKeeper(() => {
    given.count += 1;
  });
  for (const field of fields) keeper.join(field);
  return { keeper, given };
}

/** Values are given in microtasks. */
const handedOut = () => new Promise((resolve) => setImmediate(resolve));

const kept = { values: { reason: "Starts on Monday" }, isPartial: false };

test("what was typed is collected and given to the same field of the next page", async () => {
  const { keeper } = createKeeper(
    createField({ key: "reason", value: "Starts on Monday" }),
    createField({ key: "ticket" }),
  );
  expect(keeper.collect()).toEqual(kept);

  const [reason, ticket] = [createField({ key: "reason" }), createField({ key: "ticket" })];
  const next = createKeeper(reason, ticket);
  next.keeper.restore(kept);
  await handedOut();
  expect([reason.held(), ticket.held()]).toEqual(["Starts on Monday", ""]);
  expect(next.given.count).toBe(1);
});

test("a field that comes late gets its text, and once", async () => {
  const { keeper, given } = createKeeper();
  keeper.restore(kept);
  expect(given.count).toBe(0);
  const late = createField({ key: "reason" });
  const leave = keeper.join(late);
  await handedOut();
  expect(late.held()).toBe("Starts on Monday");
  leave();
  const again = createField({ key: "reason" });
  keeper.join(again);
  await handedOut();
  expect(again.held()).toBe("");
  expect(given.count).toBe(1);
});

test("a secret is neither collected nor given, and the form knows that something is missing", async () => {
  const token = createField({ key: "token", value: "sealed", isSecret: true });
  expect(createKeeper(token).keeper.collect()).toBeNull();
  const both = createKeeper(token, createField({ key: "name", value: "Fabrikam" })).keeper.collect();
  expect(both).toEqual({ values: { name: "Fabrikam" }, isPartial: true });

  const next = createField({ key: "token", isSecret: true });
  createKeeper(next).keeper.restore({ values: { token: "planted" }, isPartial: false });
  await handedOut();
  expect(next.held()).toBe("");
});

test("what was sent is not kept, and what is typed after it is", () => {
  const field = createField({ key: "reason", value: "Sent" });
  const { keeper } = createKeeper(field);
  keeper.settle();
  expect(keeper.collect()).toBeNull();
  field.take("Typed after it");
  expect(keeper.collect()?.values).toEqual({ reason: "Typed after it" });
});

test("a field that has left is not kept", () => {
  const { keeper } = createKeeper();
  const leave = keeper.join(createField({ key: "reason", value: "Typed" }));
  leave();
  expect(keeper.collect()).toBeNull();
});

test("what a field cannot hold is not said to be back", async () => {
  const field = createField({ key: "reason" });
  const { keeper, given } = createKeeper(field);
  keeper.restore({ values: { reason: ["of", "another", "build"] }, isPartial: false });
  await handedOut();
  expect(field.held()).toBe("");
  expect(given.count).toBe(0);
});
