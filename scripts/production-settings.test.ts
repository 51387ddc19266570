import { expect, test } from "vitest";
import { readProductionSettings } from "./production-settings";

const complete = { DATABASE_URL: "postgresql://owner@db/rollcall", APP_ORIGIN: "https://rollcall.example" };

test("production listens only on this machine by default", () => {
  const { host, port, setup } = readProductionSettings({ ...complete, HOST: "", PORT: "" });
  expect([host, port, setup.variables.ROLLCALL_MODE]).toEqual(["127.0.0.1", 3000, "production"]);
});

test("everything that is missing or wrong is named at once", () => {
  expect(() => readProductionSettings({ ROLLCALL_MODE: "demo", PORT: "0" })).toThrow(
    /ROLLCALL_MODE.*DATABASE_URL.*APP_ORIGIN.*PORT/s,
  );
});

test.each([
  "https://rollcall.example/",
  "https://rollcall.example/app",
  "ftp://rollcall.example",
  "rollcall.example",
])("%s is not an origin", (APP_ORIGIN) => {
  expect(() => readProductionSettings({ ...complete, APP_ORIGIN })).toThrow(
    /APP_ORIGIN must be a scheme and host/,
  );
});

test("over plain http production is served to this machine alone", () => {
  const serve = (APP_ORIGIN: string) => () => readProductionSettings({ ...complete, APP_ORIGIN });
  expect(serve("http://rollcall.example")).toThrow(/APP_ORIGIN must begin with https/);
  for (const origin of ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"])
    expect(serve(origin)().setup.origin).toBe(origin);
});

test("a worker needs no origin", () => {
  const { DATABASE_URL } = complete;
  expect(readProductionSettings({ DATABASE_URL }, "worker").setup.databaseUrl).toBe(DATABASE_URL);
});
