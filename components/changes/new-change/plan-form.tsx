"use client";

import type { ReactNode } from "react";
import type { PlanFormState } from "@/components/changes/new-change/use-plan-form";
import { Card } from "@/components/ui/card";
import { Form, FormActions } from "@/components/ui/actions/form";
import { SubmitButton } from "@/components/ui/actions/submit-button";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";

type PlanFormProps = {
  /** Unique on its page. Plain fields are not restored after a reload today (decision 37). */
  name: string;
  form: PlanFormState;
  /** The whole action: "Plan to onboard Ana Ruiz in 3 tenants". */
  submitLabel: string;
  /** An example of a good reason: "New hire, starts Monday 23 November". */
  reasonExample: string;
  children: ReactNode;
};

/** What every new change shares: the kind's fields, the reason, and one button that makes the plan. */
export function PlanForm({ name, form, submitLabel, reasonExample, children }: PlanFormProps) {
  return (
    <Form name={name} state={form}>
      {children}
      <Card title="Why">
        <div className="flex flex-col gap-4">
          <TextArea
            name="reason"
            label="Reason"
            rows={2}
            isRequired
            description={`Kept with the change and in the audit log, such as “${reasonExample}”.`}
          />
          <TextField
            name="ticket"
            label="Ticket"
            isCode
            description="The number in your ticket system, if you have one."
            className="sm:w-96"
          />
        </div>
      </Card>
      <FormActions>
        {/* Pending until the plan's page opens: a second press must not create a second change. */}
        <SubmitButton isPending={form.isDone}>{submitLabel}</SubmitButton>
        <p className="text-12 text-ink-3">Nothing is sent yet. You see every operation first.</p>
      </FormActions>
    </Form>
  );
}

/** Reason and ticket as typed. */
export function readWhy(form: FormData): { reason: string; ticket: string | null } {
  return { reason: String(form.get("reason") ?? ""), ticket: String(form.get("ticket") ?? "") || null };
}
