import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { DefinitionList } from "@/components/ui/definition-list";
import type { ProbeCapabilities } from "@/lib/knowbe4/probe";

/** What the tenant was found to do. KnowBe4 publishes none of it, so "not known" is an answer. */
export function CapabilitiesCard({ capabilities }: { capabilities: ProbeCapabilities }) {
  const { patch, filter, pageSizeSeen, answeredBy } = capabilities;
  return (
    <Card title="What it can do">
      <DefinitionList
        layout="rows"
        items={[
          { term: "Answered by", detail: <Code>{answeredBy}</Code> },
          { term: "Lookup by address", detail: toWord(filter) },
          { term: "PATCH", detail: patch === null ? "not said; KnowBe4 takes it" : toWord(patch) },
          { term: "Page size seen", detail: pageSizeSeen?.toLocaleString("en-GB") ?? "not known" },
        ]}
      />
    </Card>
  );
}

function toWord(does: boolean | null): string {
  if (does === null) return "not known";
  return does ? "works" : "does not work";
}
