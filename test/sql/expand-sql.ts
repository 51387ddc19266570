import ts from "typescript";
import { textsOf } from "./type-of-column";

/** One variant of a statement: SQL, and between it the expressions that become parameters. */
export type Spelling = readonly (string | ts.Expression)[];

/** The arguments of a function's parameters at a call. */
type Bound = ReadonlyMap<ts.Symbol, ts.Expression>;

/** Thrown for a part of a statement that cannot be read from the code. */
export class UnreadableSqlError extends Error {
  constructor(readonly at: ts.Node) {
    super(`SQL is composed here of something that cannot be read: ${at.getText().slice(0, 80)}`);
  }
}

export type Calls = ReadonlyMap<ts.Symbol, readonly ts.CallExpression[]>;

/**
 * Reads the variants of a template of SQL. A fragment (`Prisma.sql`, `Prisma.join`, a constant, a function that returns
 * one, the argument of every caller) is replaced by its text; where there is a choice, each side is in at least one
 * variant. Everything else between `${` and `}` is a parameter.
 */
export class SqlReader {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly calls: Calls,
  ) {}

  /** @throws UnreadableSqlError */
  readTemplate(template: ts.TemplateLiteral, bound: Bound = new Map()): Spelling[] {
    if (ts.isNoSubstitutionTemplateLiteral(template)) return [[template.text]];
    const parts = template.templateSpans.flatMap(({ expression, literal }) => [
      this.isFragment(expression) ? this.readFragment(expression, bound) : [[expression]],
      [[literal.text]],
    ]);
    return inTurn([[[template.head.text]], ...parts]);
  }

  /** @throws UnreadableSqlError */
  readFragment(expression: ts.Expression, bound: Bound = new Map()): Spelling[] {
    const node = bare(expression);
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "Prisma.sql")
      return this.readTemplate(node.template, bound);
    if (ts.isConditionalExpression(node))
      return [node.whenTrue, node.whenFalse].flatMap((side) => this.readFragment(side, bound));
    if (ts.isCallExpression(node)) return this.readCall(node, bound);
    if (node.getText() === "Prisma.empty") return [[""]];
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return this.readProperty(node, bound);
    if (ts.isIdentifier(node)) return this.readName(node, bound);
    throw new UnreadableSqlError(node);
  }

  /** Whether an expression is SQL rather than a parameter. */
  private isFragment(expression: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(expression);
    return (type.isUnion() ? type.types : [type]).some((one) => one.symbol?.name === "Sql");
  }

  private readCall(node: ts.CallExpression, bound: Bound): Spelling[] {
    if (node.expression.getText() === "Prisma.join") return this.readJoin(node, bound);
    if (node.expression.getText() === "sqlWords") return [[this.readWords(node)]];
    const called = this.declarationOf(node.expression);
    const target =
      called && ts.isVariableDeclaration(called) ? called.initializer && bare(called.initializer) : called;
    if (!target || !ts.isFunctionLike(target)) throw new UnreadableSqlError(node);
    const inner = new Map(bound);
    target.parameters.forEach(({ name }, place) => {
      const symbol = this.checker.getSymbolAtLocation(name);
      const argument = node.arguments[place];
      if (symbol && argument) inner.set(symbol, argument);
    });
    return returnsOf(target).flatMap((value) => this.readFragment(value, inner));
  }

  /** The words of a fixed list, which its type holds. */
  private readWords(node: ts.CallExpression): string {
    const [list] = node.arguments;
    const words = list && textsOf(this.checker.getTypeAtLocation(list));
    if (!words) throw new UnreadableSqlError(node);
    return `(${words.map((word) => `'${word}'`).join(", ")})`;
  }

  private readJoin({ arguments: [list, separator] }: ts.CallExpression, bound: Bound): Spelling[] {
    if (!list) return [];
    const between = separator && ts.isStringLiteralLike(separator) ? separator.text : ",";
    const elements = this.readElements(list, bound);
    return inTurn(
      elements.flatMap((spellings, place) => (place === 0 ? [spellings] : [[[between]], spellings])),
    );
  }

  /**
   * The elements of an array of fragments. Those that a condition may leave out count as present: each is in a variant.
   */
  private readElements(list: ts.Expression, bound: Bound): Spelling[][] {
    const node = bare(list);
    if (ts.isArrayLiteralExpression(node))
      return node.elements.flatMap((one) => this.readElement(one, bound));
    if (ts.isConditionalExpression(node))
      return [node.whenTrue, node.whenFalse].flatMap((side) => this.readElements(side, bound));
    if (ts.isIdentifier(node)) {
      const declared = this.declarationOf(node);
      if (declared && ts.isVariableDeclaration(declared) && declared.initializer)
        return this.readElements(declared.initializer, bound);
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      if (name.text === "filter") return this.readElements(expression, bound);
      const [made] = node.arguments;
      if (name.text === "map" && made && ts.isFunctionLike(bare(made)))
        return [returnsOf(bare(made)).flatMap((value) => this.readFragment(value, bound))];
    }
    throw new UnreadableSqlError(node);
  }

  private readElement(element: ts.Expression, bound: Bound): Spelling[][] {
    const node = bare(element);
    if (ts.isSpreadElement(node)) return this.readElements(node.expression, bound);
    const sides = ts.isConditionalExpression(node)
      ? [node.whenTrue, node.whenFalse]
      : ts.isBinaryExpression(node)
        ? [node.right]
        : [node];
    const fragments = sides.filter((side) => this.isFragment(side));
    return fragments.length === 0 ? [] : [fragments.flatMap((side) => this.readFragment(side, bound))];
  }

  /** `table.name` and `table[key]` of a constant table of fragments: every entry that matches. */
  private readProperty(
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
    bound: Bound,
  ): Spelling[] {
    const table = this.declarationOf(node.expression);
    const values =
      table && ts.isVariableDeclaration(table) && table.initializer ? bare(table.initializer) : null;
    if (!values || !ts.isObjectLiteralExpression(values)) throw new UnreadableSqlError(node);
    const wanted = ts.isPropertyAccessExpression(node) ? node.name.text : null;
    return values.properties
      .filter(ts.isPropertyAssignment)
      .filter(({ name }) => wanted === null || name.getText() === wanted)
      .flatMap(({ initializer }) => this.readFragment(initializer, bound));
  }

  private readName(node: ts.Identifier, bound: Bound): Spelling[] {
    const symbol = this.symbolOf(node);
    const given = symbol && bound.get(symbol);
    if (given) return this.readFragment(given, bound);
    const declared = symbol?.valueDeclaration;
    if (declared && ts.isVariableDeclaration(declared) && declared.initializer)
      return this.readFragment(declared.initializer, bound);
    if (declared && ts.isParameter(declared)) return this.readArguments(declared, node);
    if (declared && ts.isBindingElement(declared)) return this.readBound(declared, bound);
    throw new UnreadableSqlError(node);
  }

  /** A parameter of the function that holds the statement: the argument of each of its callers. */
  private readArguments(parameter: ts.ParameterDeclaration, node: ts.Identifier): Spelling[] {
    const owner = parameter.parent;
    const symbol = "name" in owner && owner.name ? this.checker.getSymbolAtLocation(owner.name) : undefined;
    const place = owner.parameters.indexOf(parameter);
    const given = (symbol && this.calls.get(symbol))?.map((call) => call.arguments[place]) ?? [];
    const present = given.filter((one) => one !== undefined);
    if (present.length === 0) throw new UnreadableSqlError(node);
    return present.flatMap((one) => this.readFragment(one));
  }

  /** `const [column, values] = … ? [a, b] : [c, d]` */
  private readBound(declared: ts.BindingElement, bound: Bound): Spelling[] {
    const pattern = declared.parent;
    const from = ts.isVariableDeclaration(pattern.parent) ? pattern.parent.initializer : undefined;
    if (!ts.isArrayBindingPattern(pattern) || !from) throw new UnreadableSqlError(declared);
    const place = pattern.elements.indexOf(declared);
    const node = bare(from);
    const lists = ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [node];
    return lists.flatMap((list) => {
      const literal = bare(list);
      const value = ts.isArrayLiteralExpression(literal) ? literal.elements[place] : undefined;
      if (!value) throw new UnreadableSqlError(declared);
      return this.readFragment(value, bound);
    });
  }

  private declarationOf(node: ts.Node): ts.Declaration | undefined {
    const symbol = this.symbolOf(node);
    return symbol?.valueDeclaration;
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** One variant with the first side of each choice, and one for each other side. */
function inTurn(parts: readonly Spelling[][]): Spelling[] {
  const first = parts.map(([spelling]) => spelling ?? []);
  const others = parts.flatMap((spellings, place) =>
    spellings.slice(1).map((other) => first.with(place, other).flat()),
  );
  return [first.flat(), ...others];
}

function bare(node: ts.Expression): ts.Expression;
function bare(node: ts.Node): ts.Node;
function bare(node: ts.Node): ts.Node {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return bare(node.expression);
  return node;
}

/** Every expression that a function may return. */
function returnsOf(target: ts.Node): ts.Expression[] {
  if (ts.isArrowFunction(target) && !ts.isBlock(target.body)) return [target.body];
  const found: ts.Expression[] = [];
  function visit(node: ts.Node): void {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    else if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  }
  ts.forEachChild(target, visit);
  return found;
}
