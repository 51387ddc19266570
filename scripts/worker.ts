import { checkNodeVersion } from "./node-version";
import { runCommand } from "./process/launch-error";

/** `npm run worker`: one further worker, on this machine or on another. */
await runCommand(async () => {
  await checkNodeVersion();
  const { runWorker } = await import("./run-production");
  await runWorker();
});
