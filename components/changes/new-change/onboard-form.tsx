"use client";

import { useState } from "react";
import { proposeAddress } from "@/components/changes/new-change/address-pattern";
import {
  AttributeField,
  moreAttributes,
  readAttributes,
} from "@/components/changes/new-change/attribute-field";
import { GroupPicker, usePickedGroups } from "@/components/changes/new-change/group-picker";
import { PlanForm, readWhy } from "@/components/changes/new-change/plan-form";
import type { TenantChoice } from "@/components/changes/new-change/tenant-choice";
import { messagesAbout, usePlanForm } from "@/components/changes/new-change/use-plan-form";
import { useStandingGroups } from "@/components/changes/new-change/use-standing-groups";
import { type ChosenTenant, WhereFields } from "@/components/changes/new-change/where-fields";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";

type OnboardFormProps = {
  /** The id that links the accounts of this change. The server creates one for each form. */
  personId: string;
  /** The first tenants by name, of `total`. */
  tenants: readonly TenantChoice[];
  total: number;
};

export function OnboardForm({ personId: proposedId, tenants: first, total }: OnboardFormProps) {
  // The page may render again; the person stays the same.
  const [personId] = useState(proposedId);
  const [name, setName] = useState({ first: "", last: "" });
  const [tenantIds, setTenantIds] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [found, setFound] = useState<readonly TenantChoice[]>([]);
  const picked = usePickedGroups();
  const groups = useStandingGroups(tenantIds);
  const tenants = [...first, ...found.filter(({ id }) => first.every((each) => each.id !== id))];
  const chosen: ChosenTenant[] = tenants
    .filter(({ id }) => tenantIds.includes(id))
    .map((tenant) => ({ ...tenant, address: typed[tenant.id] ?? proposeAddress(name, tenant.domains[0]) }));

  const form = usePlanForm((data) => ({
    intent: {
      kind: "onboard",
      personId,
      attributes: readAttributes(data),
      groups: picked.names(),
      accounts: chosen.map(({ id, address }) => ({ tenantId: id, userName: address })),
    },
    ...readWhy(data),
  }));

  return (
    <PlanForm
      name="onboard"
      form={form}
      reasonExample="New hire, starts Monday 23 November"
      submitLabel={toSubmitLabel(name, chosen)}
    >
      <Card title="Who">
        <div className="grid gap-4 sm:grid-cols-2">
          <AttributeField
            attribute="givenName"
            isRequired
            value={name.first}
            onChange={(first) => setName({ ...name, first })}
          />
          <AttributeField
            attribute="familyName"
            isRequired
            value={name.last}
            onChange={(last) => setName({ ...name, last })}
          />
          <AttributeField attribute="title" />
          <AttributeField attribute="department" />
          <AttributeField attribute="manager" />
          <AttributeField attribute="location" />
        </div>
        <Disclosure summary="More attributes" className="mt-4 rounded-2 border border-line">
          <div className="grid gap-4 p-4 sm:grid-cols-2">
            {moreAttributes.map((key) => (
              <AttributeField key={key} attribute={key} />
            ))}
          </div>
        </Disclosure>
      </Card>
      <WhereFields
        tenants={tenants}
        chosen={chosen}
        total={total}
        onFind={(tenant) => {
          setFound([...found.filter(({ id }) => id !== tenant.id), tenant]);
          if (tenant.whyNot === null) setTenantIds([...new Set([...tenantIds, tenant.id])]);
        }}
        onChoose={setTenantIds}
        onAddress={(id, address) => setTyped({ ...typed, [id]: address })}
      />
      <Card title="Groups" note="In each of the chosen tenants">
        <GroupPicker
          label="Add to a group"
          state={picked}
          groups={groups}
          tenantIds={tenantIds}
          errors={messagesAbout(form.refusal?.fields ?? {}, "intent.groups")}
        />
      </Card>
    </PlanForm>
  );
}

/** "Plan to onboard Ana Ruiz in 3 tenants". */
function toSubmitLabel(
  { first, last }: { first: string; last: string },
  chosen: readonly ChosenTenant[],
): string {
  const who = `${first} ${last}`.trim() || "a person";
  const [only] = chosen;
  if (!only) return `Plan to onboard ${who}`;
  return `Plan to onboard ${who} in ${chosen.length === 1 ? only.name : `${chosen.length} tenants`}`;
}
