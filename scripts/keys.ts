import { parseArgs } from "node:util";
import { runCommand } from "./process/launch-error";
import { makeKeys } from "./make-keys";

/** `npm run keys [-- --dir keys]`: creates missing key files and prints the purpose of each. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: "string", default: "keys" } } });
  const outcomes = await makeKeys(values.dir);
  const width = Math.max(...outcomes.map(({ file }) => file.length));
  for (const { file, purpose, isNew } of outcomes)
    process.stdout.write(`${isNew ? "made" : "kept"}  ${file.padEnd(width)}  ${purpose}\n`);
  process.stdout.write(
    "\nGive each process its own folder only. Keep the whole folder out of version control.\n",
  );
}

await runCommand(main);
