import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";

/** The engine wants a schema before it connects; applying migrations needs no more than the provider. */
const DATAMODEL = 'datasource db {\n  provider = "postgresql"\n}\n';

/**
 * Runs after each migration, in its transaction, so that what a migration did and the record that it is done
 * commit together. The engine alone records it a moment later: killed in between, it would not know.
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
 * Prisma's own executeScript cuts a script at every semicolon, also inside a function body or a string. Sent
 * whole, without parameters, the server parses it itself and runs it as one transaction.
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
 * The engine gives up on its lock after ten seconds by a timer that it never clears. Held by it, every command that
 * migrates would take ten seconds to end.
 */
function engineImports(): WebAssembly.ModuleImports {
  const unheld = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref();
  const entries = Object.entries({ ...bindings });
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.startsWith("__wbg_setTimeout_") ? unheld : value]),
  );
}

/** The package's own entry imports the .wasm file as a module, which Node does not do without a flag. */
async function loadWebAssembly(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await fs.readFile(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engineImports() });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === "function") start();
}
