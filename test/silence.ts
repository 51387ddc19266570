import { afterEach, beforeEach, expect, vi } from "vitest";

/** A test that prints an error has found one, so `console.error` fails it. */
beforeEach(() => {
  vi.spyOn(console, "error");
});

afterEach(() => {
  const calls = vi.mocked(console.error).mock.calls;
  vi.restoreAllMocks();
  expect(calls, "console.error was called").toEqual([]);
});
