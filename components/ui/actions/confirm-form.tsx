"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/actions/form";
import type { FormAction } from "@/components/ui/actions/outcome";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { NotKept } from "@/components/ui/fields/not-kept";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { type ActionOptions, useAction } from "@/components/ui/actions/use-action";

export type ConfirmFormProps<T> = ActionOptions<T> & {
  /** What it costs and whether it can be undone, said before it is asked. */
  children: ReactNode;
  /** The whole action: "Archive 3 people". */
  confirmLabel: string;
  /** The way out, where "Cancel" could be taken for the action itself. */
  dismissLabel?: string;
  tone?: "primary" | "danger";
  /**
   * Done, the dialog closes; refused, it stays, with what was typed. It gets `fields`, and `reason` or `phrase`
   * where those are asked for. May also redirect.
   */
  action: FormAction<T>;
  /** Sent along unseen: ids, versions. */
  fields?: Record<string, string>;
  /** Asks why, under the name `reason`. */
  reason?: { label: string; isRequired?: boolean; description?: string };
  /** Only above a threshold: this text, such as the tenant's name, must be typed first. Sent as `phrase`. */
  phrase?: string;
};

/** What a ConfirmDialog shows once it is open. */
export function ConfirmForm<T>(props: ConfirmFormProps<T> & { name: string }) {
  const [typed, setTyped] = useState("");
  const { phrase, reason, fields = {}, tone = "primary", dismissLabel = "Cancel" } = props;

  const { onDone, onRefused, onSettled, silentMessage } = props;
  const state = useAction((form: FormData) => props.action(null, form), {
    onDone,
    onRefused,
    onSettled,
    silentMessage,
  });

  return (
    <Form name={props.name} state={state}>
      <div className="flex flex-col gap-2 text-ink-2">{props.children}</div>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {reason ? <TextArea name="reason" rows={2} {...reason} /> : null}
      {phrase ? (
        // Typed as a signature for what stands here now, so it is not brought back over a reload.
        <NotKept>
          <TextField
            name="phrase"
            label={`Type “${phrase}” to go on`}
            autoComplete="off"
            value={typed}
            onChange={setTyped}
          />
        </NotKept>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2 pt-1">
        <Button slot="close">{dismissLabel}</Button>
        <SubmitButton variant={tone} isDisabled={phrase !== undefined && typed.trim() !== phrase}>
          {props.confirmLabel}
        </SubmitButton>
      </div>
    </Form>
  );
}
