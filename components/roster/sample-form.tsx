"use client";

import { SampleTable } from "@/components/roster/sample-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/fields/text-field";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { useKeptState } from "@/components/ui/actions/use-kept-state";
import { samplePersonAction } from "@/lib/roster/actions";
import type { MappedKey, MappingRule } from "@/lib/roster/policy/policy";

type SampleFormProps = { tenantId: string; rules: Record<MappedKey, MappingRule>; userName: string };

/** Applies the form's rules, saved or not, to one real person. Nothing is written. */
export function SampleForm({ tenantId, rules, userName }: SampleFormProps) {
  const [address, setAddress] = useKeptState("sample-address", userName);
  const sample = useAction(samplePersonAction);
  return (
    <Card title="Try it on a person" note="uses the rules above, saved or not; nothing is written" isFlush>
      <div className="flex flex-wrap items-end gap-2 p-4">
        <TextField
          label="Address of a person on the roster"
          value={address}
          onChange={setAddress}
          autoComplete="off"
          className="w-full sm:w-96"
          isCode
        />
        <Button
          isPending={sample.isPending}
          isDisabled={address.trim() === ""}
          onPress={() => void sample.run({ tenantId, userNameKey: address, mapping: { rules } })}
        >
          Show the result
        </Button>
      </div>
      {sample.refusal ? (
        <div className="px-4 pb-4">
          <RefusalNotice refusal={sample.refusal} />
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {sample.done ? "The result is shown below." : null}
      </p>
      {sample.done ? <SampleTable sample={sample.done} /> : null}
    </Card>
  );
}
