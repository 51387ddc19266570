"use client";

import { useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import { FieldKeeperContext, type FieldReport } from "@/components/ui/fields/field-keeper";
import { type FieldFacts, isSecret } from "@/components/ui/fields/is-secret";
import { NotKeptContext } from "@/components/ui/fields/not-kept";

export type KeptFieldOptions<T> = {
  /** Undefined where the field's parent keeps nothing. Types what it is and what it is called. */
  facts: Omit<FieldFacts, "name"> & { name: string | undefined; label?: unknown };
  /** What the parent says it holds; undefined where the field keeps its value itself. */
  value?: T;
  /** What it holds at first where it keeps its value itself, as JSON can hold it. */
  initial: T;
  onChange?: (value: T) => void;
  /** Whether it can hold what was kept, perhaps by a page of another build. */
  accepts: (kept: unknown) => kept is T;
};

/**
 * The state of a field. A form around it that keeps what was typed over a reload gives it back here, as a value and
 * never by writing to the page: what is written to a page while React takes it over is put back to what React knows.
 */
export function useKeptField<T>(options: KeptFieldOptions<T>): [value: T, change: (value: T) => void] {
  const { facts, value: given, initial, onChange, accepts } = options;
  const keeper = useContext(FieldKeeperContext);
  const isNotKept = useContext(NotKeptContext);
  const [own, setOwn] = useState(initial);
  const value = given === undefined ? own : given;
  const before = useRef(value);

  function change(next: T) {
    setOwn(next);
    onChange?.(next);
  }

  const report = useEffectEvent(
    (): FieldReport => ({
      key: `${facts.name} ${typeof facts.label === "string" ? facts.label : ""}`.trim(),
      value,
      isChanged: JSON.stringify(value) !== JSON.stringify(before.current),
      isSecret: isNotKept || facts.type === "file" || isSecret({ ...facts, name: facts.name ?? "" }),
    }),
  );
  const take = useEffectEvent((kept: unknown) => {
    if (!accepts(kept)) return false;
    change(kept);
    return true;
  });
  const settle = useEffectEvent(() => {
    before.current = value;
  });

  const isKept = keeper !== null && facts.name !== undefined;
  useEffect(() => {
    if (!isKept) return;
    return keeper.join({ report: () => report(), take: (kept) => take(kept), settle: () => settle() });
  }, [keeper, isKept]);

  return [value, change];
}

export function isText(kept: unknown): kept is string {
  return typeof kept === "string";
}

export function isListOfTexts(kept: unknown): kept is string[] {
  return Array.isArray(kept) && kept.every(isText);
}
