import fs from "node:fs/promises";
import { z } from "zod";
import { runProcess } from "./child-process";
import { LaunchError } from "./process/launch-error";
import { programArguments, type ServingSetup, servingEnvironment } from "./serving-processes";
import type { Supervisor } from "./supervisor";

const operatorsSchema = z.array(
  z.object({ email: z.string().min(1), role: z.string().min(1), password: z.string().min(1) }),
);

/** The operators who can sign in to a demo. Their passwords are random and stay on this machine. */
export type DemoOperators = z.infer<typeof operatorsSchema>;

type DemoFilling = {
  /** where the operators are stored; if it exists, the database is filled */
  file: string;
  simulatorUrl: string;
  issueSetupCode: () => Promise<string | null>;
  onProgress: (message: string) => void;
};

/**
 * Fills the demo's database on its first start, as the web role, and remembers the operators it created.
 */
export async function ensureDemoOperators(
  supervisor: Supervisor,
  setup: ServingSetup,
  { file, simulatorUrl, issueSetupCode, onProgress }: DemoFilling,
): Promise<DemoOperators> {
  const text = await fs.readFile(file, "utf8").catch(() => null);
  if (text !== null) return parseOperators(text, `${file} is damaged`);
  onProgress("Filling the demo with clients and people");
  const output = await runProcess(supervisor, {
    name: "demo's seed",
    args: programArguments("scripts/demo-seed.ts", "--simulator", simulatorUrl),
    // Not an argument: those can be read by everybody on this machine.
    env: { ...servingEnvironment(setup, "web"), DEMO_SETUP_CODE: (await issueSetupCode()) ?? "" },
  });
  const lastLine = output.trimEnd().split("\n").at(-1) ?? "";
  const operators = parseOperators(lastLine, "The demo's seed did not end with its operators");
  await fs.writeFile(file, `${JSON.stringify(operators, null, 2)}\n`, { mode: 0o600 });
  return operators;
}

function parseOperators(text: string, problem: string): DemoOperators {
  try {
    return operatorsSchema.parse(JSON.parse(text));
  } catch {
    throw new LaunchError(
      `${problem}, so nobody could sign in. Start fresh with \`npm run demo -- --reset\`.`,
    );
  }
}
