import { Fragment } from "react";
import { cx } from "@/components/ui/cx";

/** The change of one field. Null is "none": the value did not exist, or is removed. */
export type FieldChange = { field: string; before: string | null; after: string | null };

/** Changes on one line, "department Litigation → Compliance, title none → Partner", for rows of a plan. */
export function FieldDiff({ changes, className }: { changes: readonly FieldChange[]; className?: string }) {
  return (
    <span className={cx("[overflow-wrap:anywhere]", className)}>
      {changes.map((change, index) => (
        <Fragment key={change.field}>
          {index > 0 ? ", " : null}
          {change.field} <Before value={change.before} /> <Arrow /> <After value={change.after} />
        </Fragment>
      ))}
    </span>
  );
}

/** The same as a table with one line for each field, for pages about one operation or event. */
export function FieldDiffTable({ label, changes }: { label: string; changes: readonly FieldChange[] }) {
  return (
    <table aria-label={label} className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field} className="border-t border-line first:border-t-0">
            <th scope="row" className="w-1/4 py-2 pr-3 align-top font-normal text-ink-2">
              {change.field}
            </th>
            <td className="w-3/8 py-2 pr-3 align-top [overflow-wrap:anywhere]">
              <Before value={change.before} />
            </td>
            <td className="w-3/8 py-2 align-top [overflow-wrap:anywhere]">
              <After value={change.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Before({ value }: { value: string | null }) {
  if (value === null) return <span className="text-ink-3">none</span>;
  return <del className="text-failed line-through">{value}</del>;
}

function After({ value }: { value: string | null }) {
  if (value === null) return <span className="text-ink-3">none</span>;
  return <ins className="text-confirmed">{value}</ins>;
}

function Arrow() {
  return (
    <>
      <span aria-hidden>→</span>
      <span className="sr-only">becomes</span>
    </>
  );
}
