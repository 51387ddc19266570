import { Notice } from "@/components/ui/notice";
import { countOf } from "@/components/words/count-words";
import type { ScopePreview } from "@/lib/roster/scope-preview";

/** Who would leave the scope and who would enter it, shown before saving. */
export function ScopePreviewNotice({ preview }: { preview: ScopePreview }) {
  const { out, stay, outPeople, inPeople } = preview;
  return (
    <Notice
      kind={out > 0 ? "warning" : "info"}
      isAlert
      title={
        out > 0
          ? `${countOf(out, "person", "people")} would leave the scope, and the next plan would archive them`
          : "Nobody would leave the scope"
      }
    >
      <p>
        {countOf(stay, "person", "people")} would be in scope,{" "}
        {preview.in === 0 ? "none" : preview.in.toLocaleString("en-GB")} of them newly.
      </p>
      <Names title="Out" names={outPeople} count={out} />
      <Names title="In" names={inPeople} count={preview.in} />
    </Notice>
  );
}

function Names({ title, names, count }: { title: string; names: readonly string[]; count: number }) {
  if (count === 0) return null;
  const more = count - names.length;
  return (
    <p className="[overflow-wrap:anywhere]">
      {title}: {names.join(", ")}
      {more > 0 ? `, and ${more.toLocaleString("en-GB")} more` : null}
    </p>
  );
}
