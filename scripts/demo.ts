import { runCommand } from "./process/launch-error";
import { checkNodeVersion } from "./node-version";

/** `npm run demo [-- --port 3000 --data .rollcall --reset]`: all of Rollcall with a simulated KnowBe4, on this machine. */
await runCommand(async () => {
  await checkNodeVersion();
  // Loaded after the check: an old Node fails on the syntax of these imports with an unclear message.
  const { runDemo } = await import("./run-demo");
  await runDemo("start");
});
