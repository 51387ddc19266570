"use client";

import type { ReactNode } from "react";
import type { PlanForm as PlanFormState } from "@/components/changes/new-change/use-plan-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Form, FormActions } from "@/components/ui/form";
import { TextArea } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-field";

type PlanFormProps = {
  form: PlanFormState;
  /** The whole deed: "Plan to onboard Ana Ruiz in 3 tenants". */
  submitLabel: string;
  /** How a good reason reads: "New hire, starts Monday 23 November". */
  reasonExample: string;
  children: ReactNode;
};

/** What all new changes share: the fields of the kind, then why, then one button that makes the plan. */
export function PlanForm({ form, submitLabel, reasonExample, children }: PlanFormProps) {
  const { submit, refusal, isPending, ref } = form;
  return (
    <div ref={ref}>
      <Form action={submit} error={refusal?.message} validationErrors={refusal?.fields}>
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
              description="Its number in your ticket system, if there is one."
              className="sm:w-96"
            />
          </div>
        </Card>
        <FormActions>
          <Button type="submit" variant="primary" isPending={isPending}>
            {submitLabel}
          </Button>
          <p className="text-12 text-ink-3">Nothing is sent yet: you see every operation first.</p>
        </FormActions>
      </Form>
    </div>
  );
}

/** Reason and ticket as the form holds them. */
export function readWhy(form: FormData): { reason: string; ticket: string | null } {
  return { reason: String(form.get("reason") ?? ""), ticket: String(form.get("ticket") ?? "") || null };
}
