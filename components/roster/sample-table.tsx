import { originWords } from "@/components/roster/roster-words";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { attributes } from "@/lib/knowbe4/attributes";
import type { Sample } from "@/lib/roster/sample";

const leavingWords: Record<NonNullable<Sample["leaving"]>, string> = {
  left: "Marked as left: the next plan archives them.",
  absent: "Absent from a full listing: the next plan archives them.",
  "out-of-scope": "Out of scope: the next plan archives them.",
};

/** The policy's result for one person, by attribute. */
export function SampleTable({ sample }: { sample: Sample }) {
  return (
    <>
      <p className="px-3 py-2 text-ink-2">
        {sample.isExcluded ? "Excluded: none of this is written.  " : null}
        {sample.leaving ? leavingWords[sample.leaving] : null}{" "}
        {sample.groups.length > 0 ? `Groups: ${sample.groups.join(", ")}.` : "No group."}
      </p>
      <Table label={`Result for ${sample.userName}`}>
        <TableHead>
          <ColumnHeader>Attribute</ColumnHeader>
          <ColumnHeader>Value</ColumnHeader>
          <ColumnHeader>Where it comes from</ColumnHeader>
        </TableHead>
        <TableBody>
          {sample.attributes.map(({ key, value, origin, isCreateOnly, problem }) => (
            <Row key={key}>
              <Cell isRowHeader>{attributes[key].label}</Cell>
              <Cell label="Value">{value ?? (origin === "operator" ? "cleared" : "")}</Cell>
              <Cell label="Where it comes from" isQuiet>
                {originWords[origin]}
                {isCreateOnly ? ", only when creating" : null}
                {problem ? <span className="block text-failed">{problem}</span> : null}
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
