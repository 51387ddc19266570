import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { catalogue } from "@/lib/knowbe4/catalogue";

/**
 * A second list of codes misses later changes of the catalogue: "a new token cures it" was in three places, and one of
 * them lacked a code. So no other file of the product lists codes; it asks for their cure.
 */
const root = path.resolve(import.meta.dirname, "..");

/** Codes that are also words of another vocabulary, and mean that one there. */
const others: Record<string, string> = {
  "lib/knowbe4/explain-error.ts": "reasons of lib/scim, which it turns into codes",
  "lib/engine/run/classify-error.ts": "reasons of lib/scim, classified",
  "lib/imports/repairs.ts": "what is wrong with a row of a file",
};

test("no file but the catalogue lists its codes", () => {
  const lists = ["lib", "components", "app", "worker"].flatMap(listSources).flatMap((file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    return file in others || !namesSeveral(text) ? [] : findLists(file, text);
  });
  expect(lists).toEqual([]);
});

test.each([
  'const tokenCodes = ["token-rejected", "no-token"];',
  'const held = new Set<string>(["removals-held", "seats-held"]);',
  'const isToken = reason === "token-rejected" || tenant.reason === "no-token";',
  'const words = { tls: "Bad certificate", redirect: "Moved" };',
  'switch (code) { case "tls": case "redirect": return 1; }',
])("a list is found in every form: %s", (text) => {
  expect(findLists("planted.ts", text)).toEqual([expect.stringContaining("planted.ts:1")]);
});

test.each([
  'const isAnywhere = reason === "email-in-other-account";',
  'const isDue = kind === "timeout" || kind === "aborted";',
  'type Reason = "ambiguous-match" | "different-person";',
])("a single code is not a list: %s", (text) => {
  expect(findLists("planted.ts", text)).toEqual([]);
});

function listSources(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes("generated"))
    .filter((file) => file !== "lib/knowbe4/catalogue.ts" && file !== "lib/knowbe4/held-reasons.ts");
}

const codes = Object.keys(catalogue).join("|");
const written = new RegExp(`["'\`](${codes})["'\`]|\\b(${codes}):`, "g");

/** A file that names at most one code has no list, and need not be parsed. */
function namesSeveral(text: string): boolean {
  return new Set(Array.from(text.matchAll(written), ([, word, key]) => word ?? key)).size > 1;
}

/** @returns file, line and codes of each place that names two or more codes side by side. */
function findLists(file: string, text: string): string[] {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  visit(source);
  return found;

  function visit(node: ts.Node): void {
    const codes = codesBeside(node).filter((word) => Object.hasOwn(catalogue, word));
    if (new Set(codes).size > 1) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1} ${codes.join(", ")}`);
    } else ts.forEachChild(node, visit);
  }
}

function codesBeside(node: ts.Node): string[] {
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(toWord);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap(({ name }) => (name ? toWord(name) : []));
  if (ts.isBinaryExpression(node)) return comparedIn(node);
  if (ts.isCaseBlock(node)) return emptyCasesOf(node);
  return [];
}

function toWord(node: ts.Node): string[] {
  return ts.isStringLiteralLike(node) || ts.isIdentifier(node) ? [node.text] : [];
}

/** `reason === "a" || reason === "b"`, at any depth. */
function comparedIn(node: ts.Expression): string[] {
  if (!ts.isBinaryExpression(node)) return [];
  const { kind } = node.operatorToken;
  const isJoined = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (isJoined) return [...comparedIn(node.left), ...comparedIn(node.right)];
  const isCompared =
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return isCompared && ts.isStringLiteralLike(node.right) ? [node.right.text] : [];
}

/** Cases that fall through to a shared one. */
function emptyCasesOf(block: ts.CaseBlock): string[] {
  const cases = block.clauses.filter(ts.isCaseClause);
  return cases.flatMap(({ expression, statements }, index) => {
    const before = cases[index - 1];
    const isShared = statements.length === 0 || before?.statements.length === 0;
    return isShared ? toWord(expression) : [];
  });
}
