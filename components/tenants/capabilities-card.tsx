import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { DefinitionList } from "@/components/ui/definition-list";
import type { ProbeCapabilities } from "@/lib/knowbe4/probe";

/** What the tenant supports. KnowBe4 does not publish it, so "not known" is a valid answer. */
export function CapabilitiesCard({ capabilities }: { capabilities: ProbeCapabilities }) {
  const { patch, filter, pageSizeSeen, answeredBy } = capabilities;
  return (
    <Card title="Capabilities">
      <DefinitionList
        layout="rows"
        items={[
          { term: "Answered by", detail: <Code>{answeredBy}</Code> },
          { term: "Lookup by address", detail: toWord(filter) },
          { term: "PATCH", detail: patch === null ? "not declared; KnowBe4 accepts it" : toWord(patch) },
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
