/**
 * Files for test/laws.test.ts: a small project with nearly our names, with a breach of each law and code that obeys
 * them.
 */
export type Planted = { file: string; code: string };

const ORDER =
  "auth < audit < operators < tenants < issues < fleet < directory < roster < imports < changes < engine";
const PARTS_OF_CHANGES =
  "Inside changes: model < rails < issues < plan < apply < tasks < steering < its edge";
const LIBRARY = "scim and crypto are libraries: no database, no environment, no domain.";
const EDGES = "Read through loaders.ts, write through actions.ts.";
const REACH = "reaches the database. Read through loaders.ts, write through actions.ts.";
const FIRST = "its first line is authorize(scope, permission), or requireSystem(scope)";
const UNSCOPED = "without a Scope: take (scope, input) or (tx, scope, input)";
const ENDPOINT = "Every export of a 'use server' file is a public endpoint";
const SCOPED = "Tenant data is reached with a Scope";
const NO_SQL = "SQL stands in the domain whose tables it reads";

/** The files that breaches import: each exports one thing and imports nothing. */
export const targets: Planted[] = [
  "app/page.ts",
  "components/tenants/row.ts",
  "components/ui/button.ts",
  "worker/main.ts",
  "scripts/keys.ts",
  "bench/main.ts",
  "simulator/server.ts",
  "lib/env.ts",
  "lib/errors.ts",
  "lib/db/client.ts",
  "lib/db/generated/client.ts",
  "lib/queue/enqueue.ts",
  "lib/scim/client.ts",
  "lib/knowbe4/client.ts",
  "lib/crypto/open.ts",
  "lib/csv/csv-list.ts",
  "lib/auth/scope.ts",
  "lib/audit/log/append.ts",
  "lib/operators/setup.ts",
  "lib/tenants/jobs.ts",
  "lib/tenants/connect.ts",
  "lib/directory/mirror.ts",
  "lib/directory/data.ts",
  "lib/directory/loaders.ts",
  "lib/directory/actions.ts",
  "lib/audit/schema.ts",
  "lib/issues/open-issue.ts",
  "lib/fleet/data.ts",
  "lib/roster/policy/scope.ts",
  "lib/imports/judge-row.ts",
  "lib/changes/types.ts",
  "lib/changes/plan/plan.ts",
  "lib/changes/apply/apply-in-transaction.ts",
  "lib/engine/drive-run.ts",
  "lib/engine/send/perform.ts",
  "lib/roster/model/types.ts",
].map((file) => ({
  file,
  code: file.endsWith("data.ts") || file.endsWith("actions.ts") ? "export {};\n" : "export const it = 1;\n",
}));

/** A file that imports `from` and nothing else. */
function imports(file: string, from: string, law: string) {
  return { file, code: `import * as it from "@/${from}";\n\nexport const used = it;\n`, law };
}

/** Code that writes, in files whose names do not show it. */
const TRANSACTION = 'import { transaction } from "@/lib/db/transaction";\n\n';
const OPEN = `${TRANSACTION}export async function stopAll(scope: object): Promise<void> {\n`;

export const writers: Planted[] = [
  {
    file: "lib/db/transaction.ts",
    code: "export async function transaction(scope: object, work: (tx: never) => unknown): Promise<unknown> {\n  return [scope, work];\n}\n",
  },
  {
    file: "lib/auth/authorize.ts",
    code: "export function authorize(scope: object, permission: string): void {\n  if (!scope) throw new Error(permission);\n}\n",
  },
  {
    file: "lib/fleet/stop.ts",
    code: `import { authorize } from "@/lib/auth/authorize";\n${OPEN}  authorize(scope, "fleet.stop");\n  await transaction(scope, () => null);\n}\n`,
  },
  { file: "lib/fleet/stop-words.ts", code: 'export { stopAll } from "@/lib/fleet/stop";\n' },
];

export const planted: (Planted & { law: string })[] = [
  ...(["stop", "stop-words"] as const).flatMap((file, place) => [
    imports(`components/fleet/breach-${place}.ts`, `lib/fleet/${file}`, REACH),
    imports(`app/(console)/fleet/breach-${place}.ts`, `lib/fleet/${file}`, REACH),
    imports(`app/api/fleet/breach-${place}.ts`, `lib/fleet/${file}`, REACH),
  ]),
  imports(
    "lib/web/breach-1.ts",
    "lib/fleet/stop",
    "lib/web is HTTP only: each domain exports its own lists.",
  ),
  {
    file: "lib/tenants/opens.ts",
    code: `${OPEN}  await transaction(scope, () => null);\n}\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/opens-late.ts",
    code: `import { authorize } from "@/lib/auth/authorize";\n${OPEN}  await transaction(scope, () => null);\n  authorize(scope, "fleet.stop");\n}\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/opens-below.ts",
    code: `${OPEN}  await open(scope);\n}\n\nfunction open(scope: object): Promise<unknown> {\n  return transaction(scope, () => null);\n}\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/opens-arrow.ts",
    code: `${TRANSACTION}export const stopAll = (scope: object) => transaction(scope, () => null);\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/opens-listed.ts",
    code: `${TRANSACTION}async function stopAll(scope: object): Promise<void> {\n  await transaction(scope, () => null);\n}\n\nexport { stopAll };\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/opens-wrapped.ts",
    code: `${TRANSACTION}const inGroup = wrap(stop);\n\nexport function stopAll(scope: object): unknown {\n  return inGroup(scope);\n}\n\nfunction stop(scope: object): unknown {\n  return transaction(scope, () => null);\n}\n\nfunction wrap<T>(work: T): T {\n  return work;\n}\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/authorizes-another.ts",
    code: `import { authorize } from "@/lib/auth/authorize";\n${OPEN}  authorize({}, "fleet.stop");\n  await transaction(scope, () => null);\n}\n`,
    law: FIRST,
  },
  {
    file: "lib/tenants/unscoped.ts",
    code: `${TRANSACTION}export async function stopAll(tenantId: string): Promise<void> {\n  await transaction({}, () => tenantId);\n}\n`,
    law: UNSCOPED,
  },
  {
    file: "lib/tenants/unscoped-model.ts",
    code: "type Tx = { tenant: { updateMany(set: object): Promise<unknown> } };\n\nexport async function rename(name: string, open: (work: (tx: Tx) => unknown) => void): Promise<void> {\n  open((tx) => tx.tenant.updateMany({ name }));\n}\n",
    law: UNSCOPED,
  },
  {
    file: "lib/tenants/unscoped-sql.ts",
    code: "type Tx = { $queryRaw(text: TemplateStringsArray): Promise<unknown> };\n\nexport async function rename(open: (work: (tx: Tx) => unknown) => void): Promise<void> {\n  open((tx) => tx.$queryRaw`UPDATE tenant SET name = 'x' RETURNING id`);\n}\n",
    law: UNSCOPED,
  },
  imports("lib/tenants/breach-1.ts", "app/page", "lib is the product; it never imports its callers."),
  imports("lib/tenants/breach-2.ts", "worker/main", "lib is the product; it never imports its callers."),
  imports(
    "lib/scim/breach-1.ts",
    "simulator/server",
    "The simulator is a separate service; reach it over HTTP.",
  ),
  imports("test/breach-1.ts", "simulator/server", "The simulator is a separate service; reach it over HTTP."),
  imports(
    "simulator/breach-1.ts",
    "lib/scim/client",
    "The simulator must not share code with what it tests.",
  ),
  imports("components/tenants/breach-1.ts", "app/page", "Components never import routes."),
  imports("components/ui/breach-1.ts", "lib/errors", "components/ui could ship in another product."),
  imports(
    "components/ui/breach-2.ts",
    "components/tenants/row",
    "components/ui could ship in another product.",
  ),
  imports("app/breach-1.ts", "lib/db/client", EDGES),
  imports("app/(console)/people/breach-2.ts", "lib/directory/data", EDGES),
  imports("components/tenants/breach-2.ts", "lib/queue/enqueue", EDGES),
  imports(
    "app/api/people/route.ts",
    "lib/directory/loaders",
    "Route handlers mint a Scope (lib/web) and call data.ts; loaders redirect.",
  ),
  imports("worker/breach-1.ts", "lib/directory/actions", "Only web requests use actions and loaders."),
  imports("scripts/breach-1.ts", "components/ui/button", "Only web requests use actions and loaders."),
  imports("lib/crypto/breach-1.ts", "lib/env", LIBRARY),
  imports("lib/scim/breach-2.ts", "lib/db/client", LIBRARY),
  imports("lib/knowbe4/breach-1.ts", "lib/auth/scope", "knowbe4 is a library on scim."),
  imports("lib/db/breach-1.ts", "lib/auth/scope", "Infrastructure knows no domain."),
  imports("lib/auth/breach-1.ts", "lib/audit/log/append", ORDER),
  imports("lib/audit/breach-1.ts", "lib/operators/setup", ORDER),
  imports("lib/operators/breach-1.ts", "lib/tenants/jobs", ORDER),
  imports("lib/tenants/breach-3.ts", "lib/directory/mirror", ORDER),
  imports("lib/tenants/breach-5.ts", "lib/issues/open-issue", ORDER),
  imports("lib/issues/breach-1.ts", "lib/fleet/data", ORDER),
  imports("lib/fleet/breach-1.ts", "lib/directory/mirror", ORDER),
  imports("lib/directory/breach-1.ts", "lib/changes/plan/plan", ORDER),
  imports("lib/directory/breach-2.ts", "lib/roster/model/types", ORDER),
  imports("lib/roster/breach-1.ts", "lib/imports/judge-row", ORDER),
  imports("lib/imports/breach-1.ts", "lib/changes/plan/plan", ORDER),
  imports("lib/changes/breach-1.ts", "lib/engine/drive-run", ORDER),
  imports("lib/audit/log/breach-1.ts", "lib/audit/schema", "Inside audit: log < its edge"),
  imports(
    "lib/roster/model/breach-1.ts",
    "lib/roster/policy/scope",
    "Inside roster: model < policy < entries < its edge",
  ),
  imports("lib/changes/rails/breach-1.ts", "lib/changes/plan/plan", PARTS_OF_CHANGES),
  imports("lib/changes/plan/breach-1.ts", "lib/changes/apply/apply-in-transaction", PARTS_OF_CHANGES),
  imports("lib/changes/steering/breach-1.ts", "lib/changes/types", PARTS_OF_CHANGES),
  imports(
    "lib/engine/health/breach-1.ts",
    "lib/engine/send/perform",
    "Inside engine: run < health < claim < confirm < send < its edge",
  ),
  imports("lib/csv/breach-1.ts", "lib/roster/model/types", "csv is a library: bytes in, rows out."),
  imports("worker/breach-2.ts", "lib/db/generated/client", "Import Prisma types from @/lib/db."),
  imports("lib/tenants/breach-4.ts", "lib/db/generated/client", "Import Prisma types from @/lib/db."),
  imports("app/(console)/breach-3.ts", "lib/crypto/open", "Only lib/tenants seals and opens tokens."),
  imports("lib/changes/breach-2.ts", "lib/crypto/open", "Only lib/tenants seals and opens tokens."),
  imports(
    "lib/changes/breach-3.ts",
    "lib/tenants/connect",
    "A token is open in one function, only for a worker's handler: use the client that worker/ passes in.",
  ),
  {
    file: "lib/tenants/reads-env.ts",
    code: "export const url = process.env.DATABASE_URL;\n",
    law: "Read configuration from @/lib/env.",
  },
  {
    file: "lib/tenants/knows-next.ts",
    code: 'import { headers } from "next/headers";\n\nexport const given = headers;\n',
    law: "Core code has no request: take a Scope.",
  },
  {
    file: "lib/roster/actions.ts",
    code: '"use server";\n\nexport async function open(): Promise<void> {}\n',
    law: ENDPOINT,
  },
  {
    file: "lib/drift/actions.ts",
    code: '"use server";\n\nexport const open = async (): Promise<void> => {};\n',
    law: ENDPOINT,
  },
  { file: "lib/issues/actions.ts", code: '"use server";\n\nexport * from "./mutations";\n', law: ENDPOINT },
  {
    file: "lib/roster/data.ts",
    code: "export function listAll(tenantId: string): string {\n  return tenantId;\n}\n",
    law: SCOPED,
  },
  {
    file: "lib/roster/mutations.ts",
    code: "export function removeAll(scope: object): object {\n  return scope;\n}\n",
    law: "A mutation's first line is authorize(scope, permission).",
  },
  {
    file: "components/tenants/own-way.ts",
    code: 'import { useActionState } from "react";\n\nexport const used = useActionState;\n',
    law: "only they survive a lost network",
  },
  {
    file: "components/tenants/own-refresh.ts",
    code: "export function renew(router: { refresh: () => void }): void {\n  router.refresh();\n}\n",
    law: "A refresh that reaches nobody replaces the open page. Call useRefresh().",
  },
  {
    file: "components/tenants/own-sign-in.ts",
    code: 'import { signIn } from "next-auth/react";\n\nexport const used = signIn;\n',
    law: "Its browser part leaves the page when the network is down.",
  },
  {
    file: "components/tenants/markup.tsx",
    code: 'export const It = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;\n',
    law: "Markup is never made from strings.",
  },
  {
    file: "components/tenants/bound.ts",
    code: 'declare const openAction: (id: string) => void;\n\nexport const bound = openAction.bind(null, "secret");\n',
    law: "bind() puts its arguments into the page in clear",
  },
  {
    file: "lib/tenants/floating.ts",
    code: "async function work(): Promise<void> {}\n\nexport function start(): void {\n  work();\n}\n",
    law: "Promises must be awaited",
  },
  {
    file: "lib/tenants/misused.ts",
    code: "async function isDone(): Promise<boolean> {\n  return true;\n}\n\nexport const words = () => (isDone() ? 'yes' : 'no');\n",
    law: "Expected non-Promise value in a boolean conditional",
  },
  {
    file: "lib/tenants/thenable.ts",
    code: "export async function read(count: number): Promise<number> {\n  return await count;\n}\n",
    law: "Unexpected `await` of a non-Promise",
  },
  {
    file: "lib/tenants/anything.ts",
    code: "export function read(value: any): unknown {\n  return value;\n}\n",
    law: "Unexpected any",
  },
  {
    file: "worker/asks.ts",
    code: "declare const tx: { $queryRaw: (sql: TemplateStringsArray) => Promise<unknown> };\n\nexport const asked = tx.$queryRaw`TABLE tenant`;\n",
    law: NO_SQL,
  },
  {
    file: "lib/web/composes.ts",
    code: "declare const Prisma: { sql: (text: TemplateStringsArray) => object };\n\nexport const newest = Prisma.sql`ORDER BY id`;\n",
    law: NO_SQL,
  },
  {
    file: "app/(console)/text.ts",
    code: "export const all = (name: string) => `UPDATE tenant SET name = ${name}`;\n",
    law: NO_SQL,
  },
  {
    file: "components/tenants/literal.ts",
    code: 'export const all = "SELECT name FROM tenant WHERE true";\n',
    law: NO_SQL,
  },
  {
    file: "lib/tenants/unsafe.ts",
    code: "declare const tx: { $queryRawUnsafe: (sql: string) => Promise<unknown> };\n\nexport const ask = (name: string) => tx.$queryRawUnsafe(`TABLE ${name}`);\n",
    law: "SQL is a template",
  },
  {
    file: "lib/tenants/around.ts",
    code: 'import type pg from "pg";\n\nexport type Client = pg.Client;\n',
    law: "SQL goes through lib/db",
  },
  { file: "lib/tenants/too-long.ts", code: `${"export {};\n".repeat(401)}`, law: "File has too many lines" },
  {
    file: "lib/tenants/five.ts",
    code: "export const five = (a: 1, b: 2, c: 3, d: 4, e: 5): number => a + b + c + d + e;\n",
    law: "has too many parameters (5)",
  },
  {
    file: "simulator/five.ts",
    code: "export function five(a: 1, b: 2, c: 3, d: 4, e: 5): number {\n  return a + b + c + d + e;\n}\n",
    law: "has too many parameters (5)",
  },
];

export const legal: Planted[] = [
  {
    file: "lib/groups/asks.ts",
    code: "declare const tx: { $queryRaw: (sql: TemplateStringsArray) => Promise<unknown> };\n\nexport const asked = tx.$queryRaw`TABLE tenant`;\n",
  },
  {
    file: "components/tenants/words.ts",
    code: 'export const words = ["Select people from the list", "Update it", `Delete ${1}`];\n',
  },
  {
    file: "components/ui/actions/use-action.ts",
    code: 'import { useTransition } from "react";\n\nexport const used = useTransition;\n',
  },
  {
    file: "lib/groups/mutations.ts",
    code: 'declare function authorize(scope: object, permission: string): void;\n\nexport function rename(scope: object): object {\n  authorize(scope, "x");\n  return scope;\n}\n',
  },
  {
    file: "lib/groups/data.ts",
    code: "export function listAll(scope: object): object {\n  return scope;\n}\n",
  },
  {
    file: "lib/groups/actions.ts",
    code: '"use server";\n\nimport { defineAction } from "./define";\n\nexport const renameAction = defineAction("x");\n',
  },
  {
    file: "lib/groups/define.ts",
    code: "export function defineAction(name: string): string {\n  return name;\n}\n",
  },
  {
    file: "lib/changes/uses.ts",
    code: 'import { it } from "@/lib/directory/mirror";\nimport { it as append } from "@/lib/audit/log/append";\n\nexport const used = [it, append];\n',
  },
  {
    file: "lib/groups/moves.ts",
    code: `${TRANSACTION}type Tx = { tenant: { updateMany(set: object): Promise<unknown> } };\n\nexport const move = (tx: Tx, scope: object) => tx.tenant.updateMany({ scope });\n\nexport function inner(): unknown {\n  return transaction;\n}\n`,
  },
  {
    file: "worker/uses.ts",
    code: 'import { it } from "@/lib/tenants/connect";\n\nexport const used = it;\n',
  },
  {
    file: "app/(console)/uses.ts",
    code: 'import { it } from "@/lib/directory/loaders";\nimport { it as row } from "@/components/tenants/row";\n\nexport const used = [it, row];\n',
  },
];
