import ts from "typescript";

/** The TypeScript types for a value that PostgreSQL returns or takes, by the name of its type there. */
const KINDS: Record<string, readonly Kind[]> = {
  text: ["string"],
  uuid: ["string"],
  name: ["string"],
  "character varying": ["string"],
  smallint: ["number"],
  integer: ["number"],
  bigint: ["bigint"],
  real: ["number"],
  "double precision": ["number"],
  boolean: ["boolean"],
  "timestamp with time zone": ["Date"],
  "timestamp without time zone": ["Date"],
  date: ["Date"],
  bytea: ["Uint8Array"],
  numeric: ["Decimal"],
};

/** Types that pg returns as text and Prisma does not. */
const UNLIKE_OVER_PG = new Set(["bigint", "numeric", "date"]);

/** Further types of a parameter: PostgreSQL parses all of them from text. */
const ALSO_GIVEN: Record<string, readonly Kind[]> = {
  bigint: ["number", "string"],
  "double precision": ["bigint"],
  numeric: ["number"],
  "timestamp with time zone": ["string"],
  json: ["string"],
  jsonb: ["string"],
};

type Kind =
  | "string"
  | "number"
  | "bigint"
  | "boolean"
  | "Date"
  | "Uint8Array"
  | "Decimal"
  | "array"
  | "other";

type Fit = { sqlType: string; type: ts.Type; isOverPg: boolean };

/** Why a column's value does not fit its type in the code; null when it does. Nullability is checked separately. */
export function whyColumnUnfit(checker: ts.TypeChecker, { sqlType, type, isOverPg }: Fit): string | null {
  if (type.flags & ts.TypeFlags.Unknown) return null;
  if (sqlType === "json" || sqlType === "jsonb") return whyNotJson(checker, type);
  if (isOverPg && UNLIKE_OVER_PG.has(sqlType)) return `${sqlType} is text over pg: cast it in the statement`;
  return whyUnfit(checker, type, sqlType, KINDS[sqlType] ?? []);
}

/** Why a parameter does not fit its SQL type; null when it does. */
export function whyParameterUnfit(checker: ts.TypeChecker, sqlType: string, type: ts.Type): string | null {
  const kinds = [...(KINDS[sqlType] ?? []), ...(ALSO_GIVEN[sqlType] ?? [])];
  return whyUnfit(checker, type, sqlType, kinds);
}

function whyUnfit(
  checker: ts.TypeChecker,
  type: ts.Type,
  sqlType: string,
  kinds: readonly Kind[],
): string | null {
  if (sqlType.endsWith("[]")) {
    const strange = sidesOf(type).find((side) => kindOf(checker, side) !== "array");
    if (strange) return `${checker.typeToString(strange)} is not ${sqlType}`;
    const elements = sidesOf(type).map((side) => side.getNumberIndexType());
    const inner = sqlType.slice(0, -2);
    const innerKinds = [
      ...(KINDS[inner] ?? []),
      ...(kinds.length > 0 ? kinds : []),
      ...(ALSO_GIVEN[inner] ?? []),
    ];
    return elements.map((one) => one && whyUnfit(checker, one, inner, innerKinds)).find((why) => why) ?? null;
  }
  const strange = sidesOf(type).find((side) => !kinds.includes(kindOf(checker, side)));
  return strange ? `${checker.typeToString(strange)} is not ${sqlType}` : null;
}

function whyNotJson(checker: ts.TypeChecker, type: ts.Type): string | null {
  const strange = sidesOf(type).find((side) =>
    ["bigint", "Date", "Uint8Array", "Decimal"].includes(kindOf(checker, side)),
  );
  return strange ? `${checker.typeToString(strange)} is not JSON` : null;
}

/** The sides of a union without null and undefined. */
function sidesOf(type: ts.Type): ts.Type[] {
  const sides = type.isUnion() ? type.types : [type];
  return sides.filter(({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
}

function kindOf(checker: ts.TypeChecker, type: ts.Type): Kind {
  const { flags } = type;
  if (flags & ts.TypeFlags.TypeParameter) {
    const base = checker.getBaseConstraintOfType(type);
    return base ? kindOf(checker, base) : "other";
  }
  if (flags & ts.TypeFlags.StringLike) return "string";
  if (flags & ts.TypeFlags.NumberLike) return "number";
  if (flags & ts.TypeFlags.BigIntLike) return "bigint";
  if (flags & ts.TypeFlags.BooleanLike) return "boolean";
  if (checker.isArrayLikeType(type)) return "array";
  const name = type.symbol?.name;
  if (name === "Date" || name === "Uint8Array" || name === "Decimal") return name;
  if (name === "Buffer") return "Uint8Array";
  // string & {}: a brand
  if (type.isIntersection())
    return type.types.map((one) => kindOf(checker, one)).find((kind) => kind !== "other") ?? "other";
  return "other";
}

/** Whether a type has null as one of its sides. */
export function takesNull(type: ts.Type): boolean {
  const ANYTHING = ts.TypeFlags.Null | ts.TypeFlags.Unknown | ts.TypeFlags.Any;
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & ANYTHING);
}

/** Whether an array's elements may be null. */
export function holdsNull(type: ts.Type): boolean {
  return (type.isUnion() ? type.types : [type]).some((side) => {
    const element = side.getNumberIndexType();
    return element !== undefined && takesNull(element);
  });
}

/** The texts of a type or of an array's elements; null when they are not only texts. */
export function textsOf(type: ts.Type): string[] | null {
  const sides = sidesOf(type).flatMap((side) => {
    const element = side.getNumberIndexType();
    return element && !(side.flags & ts.TypeFlags.StringLike) ? sidesOf(element) : [side];
  });
  return sides.length > 0 && sides.every((side) => side.isStringLiteral())
    ? sides.map((side) => side.value)
    : null;
}
