"use client";

import { lazy, type ReactNode, startTransition, Suspense, useState } from "react";
import { ClosedSelect } from "@/components/ui/fields/closed-select";
import type { Option } from "@/components/ui/fields/option-list";
import { usePart } from "@/components/ui/use-part";

const load = async () => ({ default: (await import("@/components/ui/fields/select-field")).SelectField });
const SelectField = lazy(load);

export type SelectProps = {
  label: string;
  options: readonly Option[];
  /** A form sends the chosen option's id under this name. */
  name?: string;
  /** The chosen option's id, if the parent controls it. */
  value?: string;
  defaultValue?: string;
  onChange?: (id: string) => void;
  isRequired?: boolean;
  description?: ReactNode;
  /** In a row of filters, where the value is clear by itself: "Any state". */
  isLabelHidden?: boolean;
  className?: string;
};

/** One of a few options. Its list and animations load when it is first opened; until then it is a button. */
export function Select(props: SelectProps) {
  const [isUsed, setIsUsed] = useState(false);
  const [chosen, setChosen] = useState(props.defaultValue);
  const { prepare, whenThere, problem } = usePart(load);

  function onChange(id: string) {
    setChosen(id);
    props.onChange?.(id);
  }

  const closed = (
    <ClosedSelect
      {...props}
      value={props.value ?? chosen}
      onChange={onChange}
      onNear={prepare}
      // In a transition, so that the button stays and keeps focus until the list is loaded.
      onOpen={() => whenThere(() => startTransition(() => setIsUsed(true)))}
      problem={problem}
    />
  );
  return (
    <Suspense fallback={closed}>
      {isUsed ? <SelectField {...props} defaultValue={chosen} onChange={onChange} /> : closed}
    </Suspense>
  );
}
