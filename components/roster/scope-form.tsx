"use client";

import { useState } from "react";
import { ClauseEditor } from "@/components/roster/clause-editor";
import { firstCondition } from "@/components/roster/condition-editor";
import { toConditionWords } from "@/components/roster/condition-words";
import type { KnownNames } from "@/components/roster/known-names";
import { ScopePreviewNotice } from "@/components/roster/scope-preview-notice";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { KeepFocus } from "@/components/ui/keep-focus";
import { KeptNotice } from "@/components/ui/actions/kept-notice";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { countOf } from "@/components/words/count-words";
import { previewScopeAction, savePolicyAction } from "@/lib/roster/actions";
import type { Scoping } from "@/lib/roster/policy/policy";
import type { ScopePreview } from "@/lib/roster/scope-preview";

type ScopeFormProps = {
  tenant: { id: string; name: string };
  scoping: Scoping;
  version: number;
  names: KnownNames;
  mayManage: boolean;
};

/** Conditions over the roster. Saving is possible only after the preview of who leaves the scope. */
export function ScopeForm({ tenant, scoping: saved, version, names, mayManage }: ScopeFormProps) {
  const [anyOf, setAnyOf, kept] = useKeptState(mayManage ? `scope ${version}` : null, saved.anyOf);
  const [preview, setPreview] = useState<ScopePreview | null>(null);
  const look = useAction(previewScopeAction, { onDone: setPreview });
  const save = useAction(savePolicyAction);
  const scoping = { anyOf };
  const isChanged = JSON.stringify(anyOf) !== JSON.stringify(saved.anyOf);

  function change(next: Scoping["anyOf"]) {
    setAnyOf(next);
    setPreview(null);
  }

  if (!mayManage) return <ScopeWords scoping={saved} />;
  return (
    <Card title="Scope" note={anyOf.length === 0 ? "everybody on the roster is in scope" : undefined}>
      <KeepFocus of={anyOf.length} label="Lines of conditions" className="flex flex-col gap-4">
        <KeptNotice kept={kept} />
        <RefusalNotice refusal={save.refusal ?? look.refusal} />
        <p className="max-w-[80ch] text-ink-2">
          A person is in scope if they meet all conditions of at least one line. The next plan archives people
          who leave the scope. An empty field equals no text and contains none. To exclude single people, use
          Guards.
        </p>
        {anyOf.map((clause, at) => (
          <div key={at} className="flex flex-col gap-3 rounded-2 border border-line p-3">
            <div className="flex items-center justify-between">
              <p className="font-medium">{at === 0 ? "People who meet all of" : "or all of"}</p>
              <Button size="small" onPress={() => change(anyOf.toSpliced(at, 1))}>
                Remove line {at + 1}
              </Button>
            </div>
            <ClauseEditor
              label={`Line ${at + 1}`}
              value={clause}
              onChange={(next) => change(anyOf.with(at, next))}
              names={names}
            />
          </div>
        ))}
        <div>
          <Button onPress={() => change([...anyOf, [firstCondition]])}>
            {anyOf.length === 0 ? "Add a line of conditions" : "Add another line"}
          </Button>
        </div>
        {preview ? <ScopePreviewNotice preview={preview} /> : null}
        <div className="flex flex-wrap gap-2">
          <Button
            variant={preview && isChanged ? "secondary" : "primary"}
            isPending={look.isPending}
            onPress={() => void look.run({ tenantId: tenant.id, scoping })}
          >
            Show who would leave the scope
          </Button>
          {preview && isChanged ? (
            <Button
              variant={preview.out > 0 ? "danger" : "primary"}
              isPending={save.isPending}
              onPress={() =>
                void save.run({ tenantId: tenant.id, version, scoping, confirmedOut: preview.out })
              }
            >
              {preview.out > 0
                ? `Save, and remove ${countOf(preview.out, "person", "people")} from the scope of ${tenant.name}`
                : `Save the scope of ${tenant.name}`}
            </Button>
          ) : null}
        </div>
      </KeepFocus>
    </Card>
  );
}

function ScopeWords({ scoping: { anyOf } }: { scoping: Scoping }) {
  return (
    <Card title="Scope">
      {anyOf.length === 0 ? (
        <p className="text-ink-2">Everybody on the roster is in scope.</p>
      ) : (
        <ul className="list-disc pl-4 text-ink-2">
          {anyOf.map((clause, at) => (
            <li key={at}>{clause.map(toConditionWords).join(" and ")}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
