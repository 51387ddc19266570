import pg from "pg";
import ts from "typescript";
import { type Catalogue, readCatalogue } from "./catalogue";
import { type Column, describeStatement } from "./describe-statement";
import type { Spelling } from "./expand-sql";
import type { Statement } from "./find-statements";
import { holdsNull, takesNull, textsOf, whyColumnUnfit, whyParameterUnfit } from "./type-of-column";

/**
 * Has PostgreSQL analyse each statement on the migrated database, and compares the result with the types in the code.
 * @returns one line for each fault, beginning with file:line
 */
export async function checkStatements(
  client: pg.Client,
  checker: ts.TypeChecker,
  statements: readonly Statement[],
): Promise<string[]> {
  const catalogue = await readCatalogue(client);
  const faults: string[] = [];
  for (const statement of statements) {
    for (const spelling of statement.spellings) {
      const found = await check({ client, catalogue, checker }, statement, spelling);
      faults.push(...found.map((fault) => `${statement.at} ${fault}`));
    }
  }
  return [...new Set(faults)];
}

type Means = { client: pg.Client; catalogue: Catalogue; checker: ts.TypeChecker };

async function check(
  { client, catalogue, checker }: Means,
  { row, isOverPg, node }: Statement,
  spelling: Spelling,
): Promise<string[]> {
  const given = spelling
    .filter((part) => typeof part !== "string")
    .map((part) => checker.getTypeAtLocation(part));
  try {
    const { parameters, columns, strange } = await describeStatement(client, catalogue, {
      text: toText(spelling),
      given: given.map((type) => ({
        isNullable: takesNull(type),
        holdsNull: holdsNull(type),
        texts: textsOf(type),
      })),
    });
    const unfit = given.map((type, place) => whyParameterUnfit(checker, parameters[place] ?? "", type));
    return [
      ...unfit.flatMap((why, place) => (why === null ? [] : [`parameter ${place + 1}: ${why}`])),
      ...strange.map((text) => `'${text}' is nothing that its column can hold`),
      ...(row ? compareRow(checker, { row, columns, isOverPg, node }) : []),
    ];
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return [`PostgreSQL refuses it: ${error.message}`];
  }
}

function toText(spelling: Spelling): string {
  let parameters = 0;
  return spelling.map((part) => (typeof part === "string" ? part : `$${++parameters}`)).join("");
}

type Compared = { row: ts.Type; columns: Column[]; isOverPg: boolean; node: ts.Node };

function compareRow(checker: ts.TypeChecker, { row, columns, isOverPg, node }: Compared): string[] {
  const properties = new Map(checker.getPropertiesOfType(row).map((property) => [property.name, property]));
  const faults: string[] = [];
  for (const { name, type: sqlType, isNullable, texts } of columns) {
    const property = properties.get(name);
    properties.delete(name);
    if (!property) {
      faults.push(`${name}: selected, and not in the row's type`);
      continue;
    }
    const type = checker.getTypeOfSymbolAtLocation(property, node);
    const why = whyColumnUnfit(checker, { sqlType, type, isOverPg });
    if (why !== null) faults.push(`${name}: ${why}`);
    if (isNullable && !takesNull(type)) faults.push(`${name}: may be null, and its type says never`);
    const missing = texts?.filter((text) => textsOf(type)?.includes(text) === false) ?? [];
    if (missing.length > 0) faults.push(`${name}: may be ${missing.join(", ")}, and its type says never`);
  }
  const absent = [...properties.values()].filter(({ flags }) => !(flags & ts.SymbolFlags.Optional));
  return [...faults, ...absent.map(({ name }) => `${name}: in the row's type, and not selected`)];
}
