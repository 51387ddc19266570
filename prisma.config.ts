import { defineConfig } from "prisma/config";

// The CLI downloads a schema engine even for `generate`, which never runs it. Naming any program that exists
// keeps `npm ci && npm run build` off that host; migrations run the engine from npm (scripts/postgres/schema-engine.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
});
