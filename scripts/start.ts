import { checkNodeVersion } from "./node-version";
import { runCommand } from "./process/launch-error";

/** `npm start`: one machine in production: migrate, then web, one worker and the sealer. */
await runCommand(async () => {
  await checkNodeVersion();
  const { runProduction } = await import("./run-production");
  await runProduction();
});
