import { parseArgs } from "node:util";
import { LaunchError } from "./process/launch-error";

export interface DemoOptions {
  port: number;
  /** Data folder, as given: relative to the working folder. */
  data: string;
  reset: boolean;
}

const USAGE = "Usage: npm run demo -- [--port 3000] [--data .rollcall] [--reset]";

/** @throws LaunchError for an unknown option or an invalid port */
export function parseDemoOptions(args: string[]): DemoOptions {
  const { port, data, reset } = parse(args);
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new LaunchError(`--port ${port} is not a port. Give a number from 1 to 65535. ${USAGE}`);
  return { port: number, data, reset };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "3000" },
        data: { type: "string", default: ".rollcall" },
        reset: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new LaunchError(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`);
  }
}
