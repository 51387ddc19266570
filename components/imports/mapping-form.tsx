"use client";

import { MappingRow } from "@/components/imports/mapping-row";
import { ModeField } from "@/components/imports/mode-field";
import { ActionForm } from "@/components/ui/actions/action-form";
import { ColumnHeader, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Option } from "@/components/ui/fields/option-list";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import { checkImportAction } from "@/lib/imports/actions";
import { toTargetLabel } from "@/lib/imports/refuse-mapping";
import type { ColumnTarget, ImportDetail } from "@/lib/imports/types";

const others: readonly ColumnTarget[] = ["ignore", "tenant", "groups", "status", "archived", "extra"];
const targets: readonly ColumnTarget[] = [...others, ...attributeKeys];

type MappingFormProps = Pick<
  ImportDetail,
  "id" | "columns" | "samples" | "mapping" | "suggestions" | "mode" | "rows"
>;

/** The meaning of each column. Submitting the form checks every row. */
export function MappingForm({ id, columns, samples, mapping, suggestions, mode, rows }: MappingFormProps) {
  const options: Option[] = targets
    .filter((target) => target !== "tenant" || mapping.hasTenantColumn)
    .map((target) => ({ id: target, label: toTargetLabel(target) }));
  return (
    <ActionForm
      name="import-mapping"
      action={checkImportAction}
      doneText="Checked. The result is on this page."
    >
      <input type="hidden" name="importId" value={id} />
      <Table label="Columns of the file">
        <TableHead>
          <ColumnHeader>Column</ColumnHeader>
          <ColumnHeader>Holds, for example</ColumnHeader>
          <ColumnHeader>Means</ColumnHeader>
        </TableHead>
        <TableBody>
          {columns.map((column, index) => (
            <MappingRow
              key={column}
              column={column}
              samples={samples[index] ?? []}
              target={mapping.targets[index] ?? "ignore"}
              suggestion={suggestions[index] ?? null}
              options={options}
            />
          ))}
        </TableBody>
      </Table>
      <div className="flex flex-col gap-4 p-4 pt-0">
        <ModeField defaultValue={mode} />
        <div>
          <SubmitButton pendingLabel="Checking every row…">
            {`Check ${rows.toLocaleString("en-GB")} ${rows === 1 ? "row" : "rows"}`}
          </SubmitButton>
        </div>
      </div>
    </ActionForm>
  );
}
