"use client";

import { useState } from "react";
import { DecisionDialog } from "@/components/drift/decision-dialog";
import { toDriftChange } from "@/components/drift/drift-words";
import { personHref } from "@/components/people/person-href";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { CheckboxGroup } from "@/components/ui/fields/checkbox-group";
import { Code } from "@/components/ui/code";
import { FieldDiff } from "@/components/ui/field-diff";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { GROUP_FIELD } from "@/lib/engine/drift/drift-field";
import { driftDecisions } from "@/lib/engine/drift/decisions";
import type { OpenDrift } from "@/lib/engine/drift/types";
import { formatChangeNumber } from "@/lib/change-number";

type DriftChooserProps = {
  tenantId: string;
  tenantName: string;
  rows: readonly OpenDrift[];
  canDecide: boolean;
  note: string;
};

/** Drift that needs a decision, by person or group. Several lines can be decided at once. */
export function DriftChooser({ tenantId, tenantName, rows, canDecide, note }: DriftChooserProps) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  // Lines decided meanwhile are no longer on the page.
  const chosen = rows.filter(({ id }) => ticked.includes(id));
  const subjects = [
    ...Map.groupBy(
      rows,
      ({ resourceId, field }) => `${field === GROUP_FIELD ? "group" : "person"} ${resourceId}`,
    ),
  ];
  const isAll = chosen.length === rows.length;

  return (
    <Card
      title="Changed elsewhere"
      note={note}
      aside={
        canDecide ? (
          <Button size="small" onPress={() => setTicked(isAll ? [] : rows.map(({ id }) => id))}>
            {isAll ? "Choose none" : "Choose all"}
          </Button>
        ) : null
      }
    >
      <CheckboxGroup
        label="Values changed elsewhere"
        value={chosen.map(({ id }) => id)}
        onChange={setTicked}
        isDisabled={!canDecide}
      >
        <ul className="flex flex-col gap-3">
          {subjects.map(([subject, lines]) => (
            <li key={subject}>
              <Subject tenantId={tenantId} lines={lines} />
            </li>
          ))}
        </ul>
      </CheckboxGroup>
      {canDecide ? (
        <div className="mt-4 flex flex-wrap gap-2 border-t border-line pt-4">
          {driftDecisions.map((decision) => (
            <DecisionDialog
              key={decision}
              decision={decision}
              tenantId={tenantId}
              tenantName={tenantName}
              rows={chosen}
            />
          ))}
        </div>
      ) : null}
    </Card>
  );
}

function Subject({ tenantId, lines }: { tenantId: string; lines: readonly OpenDrift[] }) {
  const [first] = lines;
  if (!first) return null;
  const { resourceId, userName, label, field } = first;
  const isGroup = field === GROUP_FIELD;
  const isPlain = isGroup || lines.some((line) => line.field === "vanished");
  return (
    <section aria-label={label || userName}>
      <h3 className="flex flex-wrap items-baseline gap-x-2">
        {isPlain ? (
          <span className="font-medium text-ink">{label || userName}</span>
        ) : (
          <TextLink href={personHref({ tenantId, resourceId })} variant="plain">
            {label || userName}
          </TextLink>
        )}
        {isGroup ? (
          <span className="text-ink-3">group</span>
        ) : (
          <Code className="text-ink-2 [overflow-wrap:anywhere]">{userName}</Code>
        )}
      </h3>
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <Checkbox value={line.id} description={<Where line={line} />}>
              <span>
                <span className="sr-only">{label || userName}: </span>
                <FieldDiff changes={[toDriftChange(line)]} />
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ line: { seenAt, writtenBy } }: { line: OpenDrift }) {
  return (
    <>
      Seen <Time at={seenAt} />
      {writtenBy ? (
        <>
          ; Rollcall wrote it with{" "}
          <TextLink href={`/changes/${writtenBy.changeId}`}>{formatChangeNumber(writtenBy.number)}</TextLink>
        </>
      ) : null}
      .
    </>
  );
}
