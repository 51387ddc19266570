import fs from "node:fs";
import path from "node:path";

/**
 * Two laws that follow code and not file names.
 *
 * authorize-first: an exported function that opens a transaction, or writes, begins with authorize(scope, …), or with
 * requireSystem(scope) if only a system process may call it. One that takes `tx`, or a taken run, is called inside such
 * a function.
 *
 * no-database-reach: the given files import nothing by value that reaches lib/db, through whatever other files, but
 * the edges that are allowed by name (actions.ts, loaders.ts …). Types may come from anywhere.
 */
const WRITES = new Set([
  "create",
  "createMany",
  "createManyAndReturn",
  "update",
  "updateMany",
  "updateManyAndReturn",
  "upsert",
  "delete",
  "deleteMany",
  "$executeRaw",
]);
/** A function with one of these parameters is authorized: another function authorized, then opened the transaction or took the run. */
const PROOFS = new Set(["tx", "run", "runs"]);
const SQL_WRITE = /\b(insert\s+into|delete\s+from|update\s+\w+(\s+(as\s+)?\w+)?\s+set)\b/i;

const authorizeFirst = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      first:
        "{{name}} opens a transaction or writes: its first line is authorize(scope, permission), or requireSystem(scope).",
      unscoped:
        "{{name}} opens a transaction or writes without a Scope: take (scope, input) or (tx, scope, input).",
    },
  },
  create(context) {
    const functions = new Map();
    const exported = new Set();
    return {
      Program(program) {
        for (const statement of program.body) collect(statement, functions, exported);
      },
      "Program:exit"() {
        const touches = touching(functions, context.sourceCode.visitorKeys);
        for (const name of exported) {
          const node = functions.get(name);
          if (!node || PROOFS.has(parameterOf(node)) || !touches(name)) continue;
          if (parameterOf(node) !== "scope") context.report({ node, messageId: "unscoped", data: { name } });
          else if (!beginsWithAuthorize(node)) context.report({ node, messageId: "first", data: { name } });
        }
      },
    };
  },
};

/** Top-level functions and constants by name (a constant may wrap a function), and which functions are exported. */
function collect(statement, functions, exported) {
  const isExport = statement.type === "ExportNamedDeclaration";
  const declaration = isExport ? statement.declaration : statement;
  if (isExport && !declaration) for (const { local } of statement.specifiers) exported.add(local.name);
  if (declaration?.type === "FunctionDeclaration" && declaration.id) {
    functions.set(declaration.id.name, declaration);
    if (isExport) exported.add(declaration.id.name);
  }
  if (declaration?.type !== "VariableDeclaration") return;
  for (const { id, init } of declaration.declarations) {
    if (id.type !== "Identifier" || !init) continue;
    functions.set(id.name, init);
    if (isExport && /Function/.test(init.type)) exported.add(id.name);
  }
}

/** Whether a function, or one of the file's own that it names, opens a transaction or writes. */
function touching(functions, visitorKeys) {
  const known = new Map();
  return function touches(name) {
    if (known.has(name)) return known.get(name);
    known.set(name, false);
    let found = false;
    walk(functions.get(name), visitorKeys, (node) => {
      if (touchesDatabase(node)) found = true;
      else if (
        node.type === "Identifier" &&
        node.name !== name &&
        functions.has(node.name) &&
        touches(node.name)
      )
        found = true;
    });
    known.set(name, found);
    return found;
  };
}

function touchesDatabase(node) {
  if (node.type === "TaggedTemplateExpression") {
    const tag = node.tag.property?.name ?? node.tag.expression?.property?.name;
    return (
      tag === "$executeRaw" ||
      (tag === "$queryRaw" && SQL_WRITE.test(node.quasi.quasis.map((q) => q.value.raw).join("?")))
    );
  }
  if (node.type !== "CallExpression") return false;
  const { callee } = node;
  if (callee.type === "Identifier") return callee.name === "transaction";
  const isOfModel = callee.type === "MemberExpression" && callee.object.type === "MemberExpression";
  return isOfModel && callee.object.object.name === "tx" && WRITES.has(callee.property.name);
}

function walk(node, visitorKeys, visit) {
  visit(node);
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [node[key]].flat()) if (child?.type) walk(child, visitorKeys, visit);
  }
}

function parameterOf({ params }) {
  const [first] = params;
  return first?.type === "Identifier" ? first.name : null;
}

function beginsWithAuthorize({ body }) {
  const first = body.type === "BlockStatement" ? body.body[0] : null;
  const call = first?.type === "ExpressionStatement" ? first.expression : null;
  return (
    call?.type === "CallExpression" &&
    ["authorize", "requireSystem"].includes(call.callee.name) &&
    call.arguments[0]?.name === "scope"
  );
}

const noDatabaseReach = {
  meta: {
    type: "problem",
    schema: [{ type: "object", properties: { allow: { type: "array", items: { type: "string" } } } }],
    messages: {
      reach: "{{source}} reaches the database. Read through loaders.ts, write through actions.ts.",
    },
  },
  create(context) {
    const { allow = [] } = context.options[0] ?? {};
    const root = context.cwd;
    return {
      ImportDeclaration(node) {
        if (node.importKind === "type") return;
        const file = resolve(root, context.filename, node.source.value);
        if (!file || allow.some((name) => path.matchesGlob(path.relative(root, file), name))) return;
        if (reaches(root, file, allow))
          context.report({ node, messageId: "reach", data: { source: node.source.value } });
      },
    };
  },
};

const reach = new Map();
const IMPORT = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+["']([^"']+)["']/gm;

/** Whether a file is of lib/db, or imports by value one that reaches it; an allowed edge ends the way. */
function reaches(root, file, allow) {
  if (path.relative(root, file).startsWith(path.join("lib", "db") + path.sep)) return true;
  if (reach.has(file)) return reach.get(file);
  reach.set(file, false);
  const text = fs.readFileSync(file, "utf8");
  const found = [...text.matchAll(IMPORT)].some(([statement, source]) => {
    if (/\{\s*type [^,}]+\}/.test(statement)) return false;
    const next = resolve(root, file, source);
    if (!next || allow.some((name) => path.matchesGlob(path.relative(root, next), name))) return false;
    return reaches(root, next, allow);
  });
  reach.set(file, found);
  return found;
}

function resolve(root, from, source) {
  const base = source.startsWith("@/")
    ? path.join(root, source.slice(2))
    : source.startsWith(".")
      ? path.join(path.dirname(from), source)
      : null;
  return (
    base &&
    [base, `${base}.ts`, `${base}.tsx`].find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile())
  );
}

export default { rules: { "authorize-first": authorizeFirst, "no-database-reach": noDatabaseReach } };
