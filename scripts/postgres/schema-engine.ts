import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";

/** The engine requires a schema before it connects; for applying migrations, the provider is enough. */
const DATAMODEL = 'datasource db {\n  provider = "postgresql"\n}\n';

/**
 * Runs after each migration, in its transaction, so that the migration and its record commit together. The engine alone
 * records it a moment later: if killed in between, it would not know.
 */
const RECORD = `
;UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;

let loading: Promise<void> | null = null;

/**
 * Prisma's schema engine as WebAssembly, working through `pool`. The native engine is a download from a host
 * that a locked-down machine does not reach; this is the same engine, from npm. Call free() when done.
 * @param pool of one connection: the engine locks a session and expects its later statements to be in it
 */
export async function createSchemaEngine(pool: pg.Pool): Promise<bindings.SchemaEngine> {
  loading ??= loadWebAssembly();
  await loading;
  return bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", DATAMODEL]] },
    // The engine's own trace; its errors arrive as rejections.
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new WholeScriptAdapter(pool)),
  );
}

/**
 * Prisma's own executeScript splits a script at every semicolon, also inside a function body or a string. Sent whole,
 * without parameters, the server parses it itself and runs it as one transaction.
 */
class WholeScriptAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script + RECORD, args: [], argTypes: [] });
    };
    return adapter;
  }
}

/**
 * The engine's lock has a time-out of ten seconds whose timer it never clears. That timer would delay the end of every
 * command that migrates by ten seconds.
 */
function engineImports(): WebAssembly.ModuleImports {
  const unheld = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref();
  const entries = Object.entries({ ...bindings });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.startsWith("__wbg_setTimeout_") ? unheld : value]),
  );
}

/** The package's own entry imports the .wasm file as a module, which Node supports only with a flag. */
async function loadWebAssembly(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await fs.readFile(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engineImports() });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === "function") start();
}
