import { parseArgs } from "node:util";
import { seedDemo } from "./tenants";
import { persistState, loadState } from "./persistence";
import { buildServer } from "./server";
import { newWorld } from "./world";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4600" },
    host: { type: "string", default: "127.0.0.1" },
    seed: { type: "string" },
    data: { type: "string" },
  },
});

if (values.seed !== undefined && values.seed !== "demo") {
  throw new Error(`There is no seed ${values.seed}. Nothing was started. Use --seed demo.`);
}

const world = newWorld();
const isLoaded = values.data !== undefined && loadState(world, values.data);
const save = values.data === undefined ? () => {} : persistState(world, values.data);
if (values.seed === "demo" && !isLoaded) seedDemo(world);

const server = buildServer(world);
const url = await server.listen({ port: Number(values.port), host: values.host });
process.stdout.write(`simulator ready ${url}\n`);

let isClosing = false;
async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await server.close();
  save();
  process.exit(0);
}
process.on("SIGTERM", () => void close());
process.on("SIGINT", () => void close());
