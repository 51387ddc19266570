"use client";

import { Cell, Row } from "@/components/ui/table";
import type { Option } from "@/components/ui/fields/option-list";
import { Select } from "@/components/ui/fields/select";
import { isSecretHeader } from "@/lib/csv/secret-header";
import { toTargetLabel } from "@/lib/imports/refuse-mapping";
import type { ColumnTarget } from "@/lib/imports/types";

type MappingRowProps = {
  column: string;
  samples: readonly string[];
  target: ColumnTarget;
  options: readonly Option[];
};

/** What one column holds, and the field for its meaning. A column of passwords was never stored and has none. */
export function MappingRow({ column, samples, target, options }: MappingRowProps) {
  const isSecret = isSecretHeader(column);
  return (
    <Row>
      <Cell isRowHeader className="font-medium">
        {column}
      </Cell>
      <Cell label="Holds" isQuiet className="[overflow-wrap:anywhere]">
        {isSecret
          ? "Not stored: it looks like a column of passwords"
          : samples.map(shorten).join(", ") || <span className="text-ink-3">nothing</span>}
      </Cell>
      <Cell label="Means">
        {isSecret ? (
          <>
            <input type="hidden" name="targets[]" value="ignore" />
            {toTargetLabel("ignore")}
          </>
        ) : (
          <Select
            label={`What “${column}” means`}
            isLabelHidden
            name="targets[]"
            options={options}
            defaultValue={target}
            className="w-full sm:w-64"
          />
        )}
      </Cell>
    </Row>
  );
}

function shorten(cell: string): string {
  const letters = [...cell];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : cell;
}
