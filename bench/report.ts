/** One measured row. `reference` is the yardstick's result in the same run, in the same unit. */
export type Row = {
  name: string;
  value: number;
  unit: string;
  reference: number;
  /** 1 equals the yardstick, more is better. */
  ratio: number;
  /** The basis of value and reference, in words: "median of 3 runs". */
  basis: string;
};

/** Throughput, of which more is better. */
export function toThroughputRow(row: Omit<Row, "ratio">): Row {
  return { ...row, ratio: row.value / row.reference };
}

/** A duration, of which less is better. */
export function toDurationRow(row: Omit<Row, "ratio">): Row {
  return { ...row, ratio: row.reference / row.value };
}

/** The rows for a person: names at the left, figures in columns aligned at their points. */
export function toTable(rows: readonly Row[]): string {
  const head = ["name", "value", "reference", "unit", "ratio", "basis"];
  const lines = rows.map(({ name, value, reference, unit, ratio, basis }) => [
    name,
    value.toFixed(1),
    reference.toFixed(1),
    unit,
    ratio.toFixed(2),
    basis,
  ]);
  const isFigure = [false, true, true, false, true, false];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const align = (cell: string, column: number) =>
    isFigure[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return [head, ...lines].map((line) => line.map(align).join("  ").trimEnd()).join("\n");
}

/** The rows for a program: an array on one line, figures with three decimal places. */
export function toJson(rows: readonly Row[]): string {
  const round = (figure: number) => Number(figure.toFixed(3));
  return JSON.stringify(
    rows.map(({ name, value, unit, reference, ratio }) => ({
      name,
      value: round(value),
      unit,
      reference: round(reference),
      ratio: round(ratio),
    })),
  );
}
