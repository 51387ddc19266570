"use client";

import { lazy, startTransition, Suspense, useState } from "react";
import { ClosedSelect } from "@/components/ui/fields/closed-select";
import type { SelectProps } from "@/components/ui/fields/select-props";
import { isText, useKeptField } from "@/components/ui/fields/use-kept-field";
import { usePart } from "@/components/ui/use-part";

const load = async () => ({ default: (await import("@/components/ui/fields/select-field")).SelectField });
const SelectField = lazy(load);

/** One of a few options. Its list and animations load when it is first opened; until then it is a button. */
export function Select(props: SelectProps) {
  const [isUsed, setIsUsed] = useState(false);
  const [chosen, choose] = useKeptField<string | undefined>({
    facts: { name: props.name, label: props.label },
    value: props.value,
    initial: props.defaultValue,
    onChange: (id) => id !== undefined && props.onChange?.(id),
    accepts: (kept): kept is string => isText(kept) && props.options.some(({ id }) => id === kept),
  });
  const { prepare, whenThere, problem } = usePart(load);

  const closed = (
    <ClosedSelect
      {...props}
      value={chosen}
      onChange={choose}
      onNear={prepare}
      // In a transition, so that the button stays and keeps focus until the list is loaded.
      onOpen={() => whenThere(() => startTransition(() => setIsUsed(true)))}
      problem={problem}
    />
  );
  return (
    <Suspense fallback={closed}>
      {isUsed ? <SelectField {...props} defaultValue={chosen} onChange={choose} /> : closed}
    </Suspense>
  );
}
