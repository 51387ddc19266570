import path from "node:path";
import ts from "typescript";
import { type Calls, type Spelling, SqlReader, UnreadableSqlError } from "./expand-sql";

/** One place in the code that runs SQL. */
export type Statement = {
  /** file:line */
  at: string;
  node: ts.Expression;
  spellings: Spelling[];
  /** The type of a row according to the code; null if it takes no rows. */
  row: ts.Type | null;
  /** Runs over pg, or over either: forms that only Prisma reads do not apply. */
  isOverPg: boolean;
};

export type Found = { statements: Statement[]; unreadable: string[] };

const ASKING = new Set(["$queryRaw", "$executeRaw", "$queryRawUnsafe", "$executeRawUnsafe"]);

/** Finds every statement in files of a program; an unreadable one is reported, never skipped. */
export function findStatements(program: ts.Program, files: readonly ts.SourceFile[], root: string): Found {
  const checker = program.getTypeChecker();
  const reader = new SqlReader(checker, indexCalls(checker, files));
  const found: Found = { statements: [], unreadable: [] };
  for (const file of files) {
    const at = (node: ts.Node) => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      return `${path.relative(root, file.fileName)}:${line + 1}`;
    };
    visit(file, (node) => {
      if (!ts.isPropertyAccessExpression(node) || !ASKING.has(node.name.text)) return;
      try {
        const spellings = readAsked(reader, node);
        const { parent } = node;
        found.statements.push({
          at: at(node),
          node: parent as ts.Expression,
          spellings,
          row: node.name.text === "$queryRaw" ? rowOf(checker, parent as ts.Expression) : null,
          isOverPg: checker.getTypeAtLocation(node.expression).aliasSymbol?.name === "SqlTransaction",
        });
      } catch (error) {
        if (!(error instanceof UnreadableSqlError)) throw error;
        found.unreadable.push(`${at(node)} ${error.message}`);
      }
    });
  }
  return found;
}

function readAsked(reader: SqlReader, node: ts.PropertyAccessExpression): Spelling[] {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent) && parent.tag === node)
    return reader.readTemplate(parent.template);
  const argument =
    ts.isCallExpression(parent) && parent.expression === node ? parent.arguments[0] : undefined;
  if (!argument || node.name.text.endsWith("Unsafe")) throw new UnreadableSqlError(parent);
  return reader.readFragment(argument);
}

/** The type of one row, written or inferred; null if the result is not used. */
function rowOf(checker: ts.TypeChecker, node: ts.Expression): ts.Type | null {
  const rows = checker.getAwaitedType(checker.getTypeAtLocation(node));
  if (!rows || rows.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return null;
  return rows.getNumberIndexType() ?? null;
}

function indexCalls(checker: ts.TypeChecker, files: readonly ts.SourceFile[]): Calls {
  const calls = new Map<ts.Symbol, ts.CallExpression[]>();
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
      const symbol = checker.getSymbolAtLocation(node.expression);
      if (!symbol) return;
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      calls.set(target, [...(calls.get(target) ?? []), node]);
    });
  }
  return calls;
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}
