import { expect, test } from "vitest";
import { checkNodeVersion } from "./node-version";

test.each(["20.20.2", "22.9.0"])("Node %s is refused, and the required version is named", async (version) => {
  await expect(checkNodeVersion(version)).rejects.toThrow(/needs 22\.12\.0 or newer/);
});

test.each(["22.12.0", "24.21.0", "25.0.0-nightly"])("Node %s is accepted", async (version) => {
  await checkNodeVersion(version);
});
