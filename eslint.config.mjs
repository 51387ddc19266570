import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import rules from "./eslint.rules.mjs";

/** Domains of lib/, in order: each may import those before it. */
export const domains = [
  "auth",
  "audit",
  "operators",
  "tenants",
  "issues",
  "fleet",
  "directory",
  "roster",
  "imports",
  "changes",
  "engine",
];

/** Parts of the larger domains, in order: each may import those before it, and none imports the domain's own edge. */
export const parts = {
  audit: ["log"],
  roster: ["model", "policy", "entries"],
  changes: ["model", "rails", "issues", "plan", "apply", "tasks", "steering"],
  engine: ["run", "health", "claim", "confirm", "send"],
};

const ORDER = domains.join(" < ");
const anyDomain = `./lib/{${domains.join(",")}}/**`;

/** One row a pair of neighbours in an order: who, may not import, why. */
const orderOfDomains = domains
  .slice(0, -1)
  .map((domain, place) => [
    `./lib/${domain}`,
    domains.slice(place + 1).map((later) => `./lib/${later}/**`),
    ORDER,
  ]);
const orderOfParts = Object.entries(parts).flatMap(([domain, names]) =>
  names.map((name, place) => [
    `./lib/${domain}/${name}`,
    [`./lib/${domain}/*.ts`, ...names.slice(place + 1).map((later) => `./lib/${domain}/${later}/**`)],
    `Inside ${domain}: ${[...names, "its edge"].join(" < ")}`,
  ]),
);

/** One row a law: who, may not import, why. This table is the architecture; test/laws.test.ts plants a breach of each. */
export const laws = [
  [
    "./lib",
    ["./app", "./components", "./worker", "./scripts", "./bench"],
    "lib is the product; it never imports its callers.",
  ],
  [
    ["./lib", "./app", "./components", "./worker", "./scripts", "./test", "./bench"],
    "./simulator",
    "The simulator is a separate service; reach it over HTTP.",
  ],
  [
    "./simulator",
    ["./lib", "./app", "./components", "./worker"],
    "The simulator must not share code with what it tests.",
  ],
  ["./components", "./app", "Components never import routes."],
  [
    "./components/ui",
    ["./lib/**/*", "./components/!(ui)/**"],
    "components/ui could ship in another product.",
  ],
  [
    ["./app/*", "./app/!(api)/**", "./components/**"],
    ["./lib/db/**", "./lib/**/data.ts", "./lib/**/mutations.ts", "./lib/queue/**"],
    "Read through loaders.ts, write through actions.ts.",
  ],
  [
    "./app/api/**",
    ["./lib/db/**", "./lib/**/loaders.ts", "./lib/**/actions.ts", "./lib/queue/**"],
    "Route handlers mint a Scope (lib/web) and call data.ts; loaders redirect.",
  ],
  [
    ["./worker", "./scripts"],
    ["./lib/**/actions.ts", "./lib/**/loaders.ts", "./app", "./components"],
    "Only web requests use actions and loaders.",
  ],
  [
    ["./lib/scim", "./lib/crypto"],
    ["./lib/!(scim|crypto)/**", "./lib/*.ts"],
    "scim and crypto are libraries: no database, no environment, no domain.",
  ],
  ["./lib/knowbe4", ["./lib/!(scim|knowbe4)/**", "./lib/*.ts"], "knowbe4 is a library on scim."],
  ["./lib/csv", ["./lib/!(csv)/**", "./lib/!(errors).ts"], "csv is a library: bytes in, rows out."],
  [["./lib/db", "./lib/queue"], anyDomain, "Infrastructure knows no domain."],
  [
    "./lib/web/!(*.test).ts",
    [...domains.slice(2).map((domain) => `./lib/${domain}/**`), "./lib/audit/*.ts"],
    "lib/web is HTTP only: each domain exports its own lists.",
  ],
  ...orderOfDomains,
  ...orderOfParts,
  [
    "./{app,components,worker,scripts,bench}/**",
    "./lib/db/generated/**",
    "Import Prisma types from @/lib/db.",
  ],
  ["./lib/!(db)/**", "./lib/db/generated/**", "Import Prisma types from @/lib/db."],
  [["./app", "./components"], "./lib/crypto/**", "Only lib/tenants seals and opens tokens."],
  [
    "./lib/!(crypto|tenants)/**",
    "./lib/crypto/{seal,open,secret,fingerprint}.ts",
    "Only lib/tenants seals and opens tokens.",
  ],
  [
    ["./app", "./components", "./lib/!(tenants|crypto)/**"],
    "./lib/tenants/connect.ts",
    "A token is open in one function, only for a worker's handler: use the client that worker/ passes in.",
  ],
];

const toZones = (rows) =>
  rows.flatMap(([target, from, message]) => [from].flat().map((path) => ({ target, from: path, message })));
const zones = toZones(laws);
// A test of a part drives the whole domain.
const zonesOfTests = toZones(laws.filter((law) => !orderOfParts.includes(law)));

const RUNTIME_SECRET = { object: "process", property: "env", message: "Read configuration from @/lib/env." };
const DEFINED_ACTION =
  "Every export of a 'use server' file is a public endpoint: export const x = defineAction(…) only.";
const ONE_ACTION =
  "Call an action through components/ui (ActionForm, ActionButton, useAction): only they survive a lost network.";
const SCOPED = "Tenant data is reached with a Scope: (scope, input) or (tx, scope, input).";

const scoped = {
  selector: "ExportNamedDeclaration > FunctionDeclaration[params.0.name!=/^(tx|scope)$/]",
  message: SCOPED,
};
const escapes = [
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: "Markup is never made from strings.",
  },
  {
    selector: "CallExpression[callee.property.name='bind'][callee.object.name=/Action$/]",
    message: "bind() puts its arguments into the page in clear: pass them as input.",
  },
];

const NO_SQL = "SQL stands in the domain whose tables it reads: ask a function of lib/<domain>.";
const NO_PG = "SQL goes through lib/db, where a reach is set and test/sql.db.test.ts sees it.";

/** What SQL is written with, and what it looks like. */
const sql = [
  "MemberExpression[property.name=/^[$](query|execute)Raw/]",
  "MemberExpression[object.name='Prisma'][property.name=/^(sql|join|raw|empty)$/]",
  "TemplateElement[value.raw=/(^|\\s)(SELECT\\s.+\\sFROM|INSERT\\s+INTO|DELETE\\s+FROM|UPDATE\\s+\\w+\\s+SET)\\s/s]",
  "Literal[value=/^\\s*(SELECT\\s.+\\sFROM|INSERT\\s+INTO|DELETE\\s+FROM|UPDATE\\s+\\w+\\s+SET)\\s/s]",
].map((selector) => ({ selector, message: NO_SQL }));
/** Ways around the templates that test/sql.db.test.ts reads. */
const unseen = [
  {
    selector: "MemberExpression[property.name=/^[$](query|execute)RawUnsafe$/]",
    message: "SQL is a template, so that a value can only be a parameter.",
  },
  { selector: "ImportDeclaration[source.value='pg']", message: NO_PG },
];

export default tseslint.config(
  { ignores: ["node_modules/**", ".next/**", "**/generated/**", "next-env.d.ts", "**/*.mjs"] },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": reactHooks, ts: tseslint.plugin, rollcall: rules },
    // Rules that need types are oxlint's (.oxlintrc.json): with them this run took seven times as long.
    languageOptions: { parser: tseslint.parser },
    // Without a resolver import-x passes everything in silence.
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver({ alwaysTryTypes: true })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-duplicates": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true, IIFEs: true }],
      "max-params": ["error", 4],
      "no-restricted-syntax": ["error", ...escapes],
      "no-console": "error",
      eqeqeq: "error",
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "ts/no-explicit-any": "error",
      "ts/no-non-null-assertion": "error",
      "ts/consistent-type-imports": "error",
      "ts/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    // Programs talk to a terminal; the simulator and the tests are programs.
    files: ["{scripts,bench,simulator,e2e,test}/**/*.ts", "**/*.test.ts"],
    rules: { "no-console": "off", "max-lines-per-function": "off" },
  },
  {
    files: ["**/*.test.ts"],
    rules: { "import-x/no-restricted-paths": ["error", { zones: zonesOfTests }] },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: [
      "lib/**/{actions,loaders}.ts",
      "lib/web/**",
      "lib/auth/**",
      "lib/operators/next-auth.ts",
      "lib/**/*.test.ts",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["next/*", "react", "react-dom", "next-auth*"],
              message: "Core code has no request: take a Scope.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}"],
    ignores: ["components/ui/actions/use-action.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "react", importNames: ["useActionState", "useTransition"], message: ONE_ACTION },
            {
              name: "next-auth/react",
              message: "Its browser part leaves the page when the network is down.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["{app,components,lib,worker}/**/*.{ts,tsx}", "proxy.ts"],
    ignores: ["lib/env.ts", "**/*.test.ts"],
    rules: { "no-restricted-properties": ["error", RUNTIME_SECRET] },
  },
  {
    files: ["lib/**/*.ts"],
    ignores: ["lib/db/**", "lib/**/*under-test.ts", "lib/**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...escapes, ...unseen] },
  },
  {
    files: ["{app,components,worker}/**/*.{ts,tsx}", "lib/web/**/*.ts", "proxy.ts"],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...escapes, ...unseen, ...sql] },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}"],
    ignores: ["components/ui/use-refresh.ts", "**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...escapes,
        ...unseen,
        ...sql,
        {
          selector: "CallExpression[callee.property.name='refresh'][callee.object.name='router']",
          message: "A refresh that reaches nobody replaces the open page. Call useRefresh().",
        },
      ],
    },
  },
  {
    files: ["lib/**/actions.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...escapes,
        ...unseen,
        { selector: "ExportNamedDeclaration > FunctionDeclaration", message: DEFINED_ACTION },
        {
          selector:
            "ExportNamedDeclaration > VariableDeclaration > VariableDeclarator[init.callee.name!='defineAction']",
          message: DEFINED_ACTION,
        },
        { selector: "ExportDefaultDeclaration", message: DEFINED_ACTION },
        { selector: "ExportAllDeclaration", message: DEFINED_ACTION },
        { selector: "ExportNamedDeclaration > ExportSpecifier", message: DEFINED_ACTION },
      ],
    },
  },
  {
    files: ["lib/**/data.ts"],
    rules: { "no-restricted-syntax": ["error", ...escapes, ...unseen, scoped] },
  },
  {
    // lib/auth mints scopes; before somebody signed in, or the first owner was made, there is none.
    files: [`lib/{${domains.join(",")}}/**/*.ts`],
    ignores: ["lib/auth/**", "lib/operators/{setup,sign-in,readiness}.ts", "**/*.test.ts"],
    rules: { "rollcall/authorize-first": "error" },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}"],
    ignores: ["app/api/**", "**/*.test.{ts,tsx}"],
    rules: {
      "rollcall/no-database-reach": ["error", { allow: ["lib/**/actions.ts", "lib/**/loaders.ts"] }],
    },
  },
  {
    // A route mints a Scope and calls the domain; an upload is too large for an action.
    files: ["app/api/**/*.ts"],
    rules: {
      "rollcall/no-database-reach": [
        "error",
        { allow: ["lib/**/{data,mutations,export,readiness,next-auth}.ts", "lib/web/*.ts"] },
      ],
    },
  },
  {
    files: ["lib/**/mutations.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...escapes,
        ...unseen,
        scoped,
        {
          selector:
            "ExportNamedDeclaration > FunctionDeclaration > BlockStatement > *:first-child:not(ExpressionStatement[expression.callee.name='authorize'])",
          message: "A mutation's first line is authorize(scope, permission).",
        },
      ],
    },
  },
);
