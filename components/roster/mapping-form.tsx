"use client";

import { toExpressionWords } from "@/components/roster/expression-words";
import type { KnownNames } from "@/components/roster/known-names";
import { ownerWords } from "@/components/roster/roster-words";
import { RuleDialog } from "@/components/roster/rule-dialog";
import { SampleForm } from "@/components/roster/sample-form";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Cell, ColumnHeader, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { attributes } from "@/lib/knowbe4/attributes";
import { savePolicyAction } from "@/lib/roster/actions";
import type { MappedKey, MappingRule } from "@/lib/roster/policy/policy";

type Rules = Record<MappedKey, MappingRule>;

type MappingFormProps = {
  tenant: { id: string; name: string };
  rules: Rules;
  version: number;
  names: KnownNames;
  /** The address that the preview starts with. */
  samplePerson: string;
  mayManage: boolean;
};

export function MappingForm({
  tenant,
  rules: saved,
  version,
  names,
  samplePerson,
  mayManage,
}: MappingFormProps) {
  const [rules, setRules, kept] = useKeptState(mayManage ? `mapping ${version}` : null, saved);
  const save = useAction(savePolicyAction);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(saved);
  return (
    <>
      <Card
        title="Mapping"
        note="from the roster's fields to KnowBe4's attributes"
        isFlush
        aside={
          mayManage ? (
            <Button
              variant="primary"
              size="small"
              isDisabled={!isChanged}
              isPending={save.isPending}
              onPress={() => void save.run({ tenantId: tenant.id, version, mapping: { rules } })}
            >
              Save the mapping of {tenant.name}
            </Button>
          ) : null
        }
      >
        <div className="flex flex-col gap-2 p-4 text-ink-2">
          <KeptNotice kept={kept} />
          <RefusalNotice refusal={save.refusal} />
          <p className="max-w-[80ch]">
            People are matched by their address, so it comes from the source and no rule rewrites it. A blank
            value clears nothing. Attributes without a rule are never changed.
            {isChanged ? "  You have unsaved changes." : null}
          </p>
        </div>
        <RuleTable rules={rules} onChange={setRules} names={names} mayManage={mayManage} />
      </Card>
      <SampleForm tenantId={tenant.id} rules={rules} userName={samplePerson} />
    </>
  );
}

type RuleTableProps = {
  rules: Rules;
  onChange: (rules: Rules) => void;
  names: KnownNames;
  mayManage: boolean;
};

function RuleTable({ rules, onChange, names, mayManage }: RuleTableProps) {
  return (
    <Table label="Rules by attribute">
      <TableHead>
        <ColumnHeader>Attribute</ColumnHeader>
        <ColumnHeader>Value</ColumnHeader>
        <ColumnHeader>Owner</ColumnHeader>
        <ColumnHeader>Written</ColumnHeader>
        <ColumnHeader isHidden>Edit</ColumnHeader>
      </TableHead>
      <TableBody>
        {(Object.keys(rules) as MappedKey[]).map((key) => (
          <Row key={key}>
            <Cell isRowHeader>{attributes[key].label}</Cell>
            <Cell label="Value">{toExpressionWords(rules[key].expression)}</Cell>
            <Cell label="Owner">{ownerWords[rules[key].owner].word}</Cell>
            <Cell label="Written">
              <Written rule={rules[key]} />
            </Cell>
            <Cell>
              {mayManage ? (
                <RuleDialog
                  attribute={key}
                  rule={rules[key]}
                  onChange={(rule) => onChange({ ...rules, [key]: rule })}
                  names={names}
                />
              ) : null}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Written({ rule: { expression, isCreateOnly, isProtected, owner } }: { rule: MappingRule }) {
  if (isProtected) return <Badge kind="held">Protected</Badge>;
  if (owner === "tenant" || expression === null) return <span className="text-ink-3">never</span>;
  return isCreateOnly ? "only when creating" : "where it differs";
}
