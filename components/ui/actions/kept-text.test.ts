import { expect, test } from "vitest";
import {
  forgetKeptText,
  keepText,
  keptCharsMax,
  keptForMs,
  takeKeptText,
} from "@/components/ui/actions/kept-text";

/** A minimal sessionStorage: its keys are its own enumerable properties. */
function createStorage({ isFull = false } = {}): Storage {
  const storage: Record<string, string> = {};
  const methods: Partial<Storage> = {
    getItem: (name) => (Object.hasOwn(storage, name) ? (storage[name] ?? null) : null),
    setItem: (name, value) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      storage[name] = value;
    },
    removeItem: (name) => void delete storage[name],
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(storage, name, { value });
  return storage as unknown as Storage;
}

const mine = { key: "/changes/new onboard", owner: "ana", nowMs: 1_000 };

test("text is given back once, to the form and the operator it is from", () => {
  const storage = createStorage();
  keepText(storage, mine, { reason: "Starts on Monday" });
  expect(takeKeptText(storage, { ...mine, key: "/changes/new update" })).toBeNull();
  expect(takeKeptText(storage, mine)).toEqual({ reason: "Starts on Monday" });
  expect(takeKeptText(storage, mine)).toBeNull();
});

test("another operator in the same tab gets nothing, and nothing stays for them to find", () => {
  const storage = createStorage();
  keepText(storage, mine, "typed");
  forgetKeptText(storage, mine.nowMs, "ben");
  expect(Object.keys(storage)).toEqual([]);
  keepText(storage, mine, "typed");
  expect(takeKeptText(storage, { ...mine, owner: "ben" })).toBeNull();
  expect(Object.keys(storage)).toEqual([]);
});

test("what is old is not given back and not left lying", () => {
  const storage = createStorage();
  const later = { ...mine, nowMs: mine.nowMs + keptForMs + 1 };
  keepText(storage, mine, "typed");
  forgetKeptText(storage, mine.nowMs + keptForMs, "ana");
  expect(Object.keys(storage)).toHaveLength(1);
  expect(takeKeptText(storage, later)).toBeNull();
  keepText(storage, mine, "typed");
  forgetKeptText(storage, later.nowMs, "ana");
  expect(Object.keys(storage)).toEqual([]);
});

test("signing out removes all of it, and nothing else of the tab", () => {
  const storage = createStorage();
  storage.setItem("theme", "dark");
  keepText(storage, mine, "typed");
  forgetKeptText(storage, mine.nowMs);
  expect(Object.keys(storage)).toEqual(["theme"]);
});

test("a file pasted by mistake does not fill the storage", () => {
  const storage = createStorage();
  keepText(storage, mine, "a".repeat(keptCharsMax));
  expect(Object.keys(storage)).toEqual([]);
});

test("a storage that takes nothing more breaks no page", () => {
  expect(() => keepText(createStorage({ isFull: true }), mine, "typed")).not.toThrow();
});

test("what is no text of ours is passed over", () => {
  const storage = createStorage();
  storage.setItem(`kept-text:${mine.key}`, "{");
  expect(takeKeptText(storage, mine)).toBeNull();
});
