"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
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
  /** What an ignored column may mean, by its header. */
  suggestion: ColumnTarget | null;
  options: readonly Option[];
};

/** What one column holds, and the field for its meaning. A column of passwords was never stored and has none. */
export function MappingRow({ column, samples, target, suggestion, options }: MappingRowProps) {
  const [means, setMeans] = useState<string>(target);
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
          <div className="flex flex-col gap-1">
            <Select
              label={`What “${column}” means`}
              isLabelHidden
              name="targets[]"
              options={options}
              value={means}
              onChange={setMeans}
              className="w-full sm:w-64"
            />
            {suggestion !== null && means === "ignore" ? (
              <p className="flex flex-wrap items-center gap-2 text-12 text-ink-2">
                Perhaps {toTargetLabel(suggestion)}?
                <Button size="small" onPress={() => setMeans(suggestion)}>
                  Use {toTargetLabel(suggestion)}
                </Button>
              </p>
            ) : null}
          </div>
        )}
      </Cell>
    </Row>
  );
}

function shorten(cell: string): string {
  const letters = [...cell];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : cell;
}
