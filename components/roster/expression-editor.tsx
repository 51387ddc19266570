"use client";

import { X } from "lucide-react";
import { ConditionEditor, firstCondition } from "@/components/roster/condition-editor";
import { expressionWords } from "@/components/roster/expression-words";
import { FieldBox } from "@/components/roster/field-box";
import type { KnownNames } from "@/components/roster/known-names";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { type DateForm, dateForms } from "@/lib/roster/policy/date-form";
import type { Expression, ExpressionKind } from "@/lib/roster/policy/expression";

type ExpressionEditorProps = {
  label: string;
  value: Expression;
  onChange: (expression: Expression) => void;
  names: KnownNames;
  /** How many more levels may be nested inside. Deeper ones that exist are shown anyway. */
  depth: number;
};

const kinds = Object.entries(expressionWords).map(([id, label]) => ({ id, label }));
const simpleKinds = kinds.filter(({ id }) => id === "field" || id === "constant");
const dateChoices = dateForms.map((form) => ({ id: form, label: form }));

/** The server accepts no more. */
const PARTS_MAX = 4;

const empty: Expression = { kind: "field", name: "" };

/** One expression, with its parts indented below it. */
export function ExpressionEditor(props: ExpressionEditorProps) {
  const { label, value, onChange, depth } = props;
  const isSimple = value.kind === "field" || value.kind === "constant";
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-3">
      <div className="grid items-end gap-2 sm:grid-cols-2">
        <Select
          label={label}
          options={depth > 0 || !isSimple ? kinds : simpleKinds}
          value={value.kind}
          onChange={(kind) => onChange(toKind(value, String(kind)))}
        />
        <SimpleArgument {...props} />
      </div>
      {isSimple ? null : (
        <div className="flex flex-col gap-3 border-l-2 border-line pl-3">
          <Arguments {...props} />
        </div>
      )}
    </div>
  );
}

function SimpleArgument({ value, onChange, names }: ExpressionEditorProps) {
  if (value.kind === "field") {
    return (
      <FieldBox
        label="Field"
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
        names={names.fields}
      />
    );
  }
  if (value.kind !== "constant") return null;
  return <Text label="Text" value={value.value} onChange={(text) => onChange({ ...value, value: text })} />;
}

function Arguments(props: ExpressionEditorProps) {
  const { value, onChange } = props;
  switch (value.kind) {
    case "coalesce":
      return <Parts {...props} parts={value.of} onParts={(of) => onChange({ ...value, of })} />;
    case "join":
      return (
        <>
          <Text
            label="Separator"
            value={value.separator}
            onChange={(separator) => onChange({ ...value, separator })}
          />
          <Parts {...props} parts={value.of} onParts={(of) => onChange({ ...value, of })} />
        </>
      );
    case "lower":
      return <Inner {...props} label="Of" value={value.of} onChange={(of) => onChange({ ...value, of })} />;
    case "replace":
      return <ReplaceArguments {...props} value={value} />;
    case "date":
      return <DateArguments {...props} value={value} />;
    case "if":
      return <IfArguments {...props} value={value} />;
    default:
      return null;
  }
}

/** A nested expression: it allows one level fewer. */
function Inner({ depth, ...props }: ExpressionEditorProps) {
  return <ExpressionEditor {...props} depth={depth - 1} />;
}

type ArgumentsProps<Kind extends ExpressionKind> = Omit<ExpressionEditorProps, "value"> & {
  value: Extract<Expression, { kind: Kind }>;
};

function ReplaceArguments({ value, ...props }: ArgumentsProps<"replace">) {
  const { onChange } = props;
  return (
    <>
      <Inner {...props} label="In" value={value.of} onChange={(of) => onChange({ ...value, of })} />
      <div className="grid gap-2 sm:grid-cols-2">
        <Text label="Every" value={value.find} onChange={(find) => onChange({ ...value, find })} />
        <Text label="Becomes" value={value.with} onChange={(text) => onChange({ ...value, with: text })} />
      </div>
    </>
  );
}

function DateArguments({ value, ...props }: ArgumentsProps<"date">) {
  const { onChange } = props;
  return (
    <>
      <Inner {...props} label="Of" value={value.of} onChange={(of) => onChange({ ...value, of })} />
      <div className="grid gap-2 sm:grid-cols-2">
        <DateFormField
          label="Written as"
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
        />
        <DateFormField label="Write it as" value={value.to} onChange={(to) => onChange({ ...value, to })} />
      </div>
    </>
  );
}

function IfArguments({ value, ...props }: ArgumentsProps<"if">) {
  const { onChange, names } = props;
  return (
    <>
      <ConditionEditor value={value.when} onChange={(when) => onChange({ ...value, when })} names={names} />
      <Inner {...props} label="If so" value={value.yes} onChange={(yes) => onChange({ ...value, yes })} />
      <Inner {...props} label="Else" value={value.no} onChange={(no) => onChange({ ...value, no })} />
    </>
  );
}

type PartsProps = ExpressionEditorProps & {
  parts: readonly Expression[];
  onParts: (parts: Expression[]) => void;
};

function Parts({ parts, onParts, names, depth }: PartsProps) {
  return (
    <>
      {parts.map((part, at) => (
        <div key={at} className="flex items-start gap-2">
          <div className="flex-1">
            <ExpressionEditor
              label={`Part ${at + 1}`}
              value={part}
              onChange={(next) => onParts(parts.with(at, next))}
              names={names}
              depth={depth - 1}
            />
          </div>
          <IconButton
            label={`Remove part ${at + 1}`}
            isDisabled={parts.length === 1}
            onPress={() => onParts(parts.toSpliced(at, 1))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          size="small"
          isDisabled={parts.length >= PARTS_MAX}
          onPress={() => onParts([...parts, empty])}
        >
          Add a part
        </Button>
      </div>
    </>
  );
}

type TextProps = { label: string; value: string; onChange: (value: string) => void };

function Text(props: TextProps) {
  return <TextField {...props} autoComplete="off" />;
}

type DateFormFieldProps = { label: string; value: DateForm; onChange: (form: DateForm) => void };

function DateFormField({ label, value, onChange }: DateFormFieldProps) {
  return (
    <Select
      label={label}
      options={dateChoices}
      value={value}
      onChange={(key) => onChange(dateForms.find((form) => form === key) ?? "iso")}
    />
  );
}

/** Converts an expression to another kind that keeps its first part. */
function toKind(before: Expression, kind: string): Expression {
  if (kind === before.kind) return before;
  switch (kind as ExpressionKind) {
    case "field":
      return empty;
    case "constant":
      return { kind: "constant", value: "" };
    case "coalesce":
      return { kind: "coalesce", of: [toLeaf(before), empty] };
    case "join":
      return { kind: "join", of: [toLeaf(before), empty], separator: " " };
    case "lower":
      return { kind: "lower", of: toLeaf(before) };
    case "replace":
      return { kind: "replace", of: toLeaf(before), find: "", with: "" };
    case "date":
      return { kind: "date", of: toLeaf(before), from: "dd/mm/yyyy", to: "iso" };
    case "if":
      return { kind: "if", when: firstCondition, yes: toLeaf(before), no: empty };
  }
}

/** The part that a conversion keeps. Keeping deeper ones would soon exceed the allowed depth. */
function toLeaf(before: Expression): Expression {
  return before.kind === "field" || before.kind === "constant" ? before : empty;
}
