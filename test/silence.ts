import { afterAll, afterEach, expect, vi } from "vitest";

/** An error that a test prints is a fault, so `console.error` fails it. One spy a file: tests may run side by side. */
const complaints = vi.spyOn(console, "error");

afterEach(() => {
  const calls = [...complaints.mock.calls];
  complaints.mockClear();
  expect(calls, "console.error was called").toEqual([]);
});

// The next file may run in the same process.
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
