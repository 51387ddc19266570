import { runCommand } from "./process/launch-error";
import { checkNodeVersion } from "./node-version";

/** `npm run dev`: the demo, with pages compiled on demand and again when their source changes. */
await runCommand(async () => {
  await checkNodeVersion();
  const { runDemo } = await import("./run-demo");
  await runDemo("dev");
});
