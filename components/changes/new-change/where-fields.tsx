"use client";

import { useState } from "react";
import type { TenantChoice } from "@/components/changes/new-change/tenant-choice";
import { SearchBox } from "@/components/ui/fields/search-box";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { CheckboxGroup } from "@/components/ui/fields/checkbox-group";
import type { Option } from "@/components/ui/fields/option-list";
import { TextField } from "@/components/ui/fields/text-field";

export type ChosenTenant = TenantChoice & { address: string };

type WhereFieldsProps = {
  /** The tenants shown as checkboxes, of `total`. */
  tenants: readonly TenantChoice[];
  total: number;
  /** Adds a tenant found by name. */
  onFind: (tenant: TenantChoice) => void;
  /** In the order of `tenants`: an address is sent at its tenant's position. */
  chosen: readonly ChosenTenant[];
  onChoose: (tenantIds: readonly string[]) => void;
  onAddress: (tenantId: string, address: string) => void;
};

/** The tenants, and the person's address in each. */
export function WhereFields({ tenants, total, chosen, onFind, onChoose, onAddress }: WhereFieldsProps) {
  const open = tenants.filter(({ whyNot }) => whyNot === null);
  const isAll = chosen.length === open.length;
  const [presses, setPresses] = useState(0);

  function chooseAll() {
    onChoose(isAll ? [] : open.map(({ id }) => id));
    // The group clears "No tenant is chosen" only for a change inside it, so this remounts it.
    setPresses(presses + 1);
  }
  return (
    <Card
      title="Where"
      aside={
        open.length > 1 && total <= tenants.length ? (
          <Button size="small" variant="quiet" onPress={chooseAll}>
            {isAll ? "Choose none" : `Choose all ${open.length}`}
          </Button>
        ) : null
      }
    >
      <p className="-mt-1 mb-4 text-ink-2">
        An e-mail address can exist in one KnowBe4 account only, so each tenant needs a different address.
      </p>
      {total > tenants.length ? (
        <SearchBox
          label="Find a tenant"
          placeholder={`Name or domain, of ${total.toLocaleString("en-GB")} tenants`}
          path="/api/tenants/choices"
          kind="adding"
          toOptions={toOptions}
          onChoose={(option, answer) => {
            const tenant = option && (answer as readonly TenantChoice[]).find(({ id }) => id === option.id);
            if (!tenant) return;
            onFind(tenant);
            // As above: the choice was made outside the group.
            setPresses(presses + 1);
          }}
          className="mb-4 sm:w-96"
        />
      ) : null}
      <CheckboxGroup
        key={presses}
        label="Tenants"
        name="tenants"
        isRequired
        value={chosen.map(({ id }) => id)}
        onChange={onChoose}
        validate={(ids) => (ids.length === 0 ? "No tenant is chosen. Choose at least one." : null)}
      >
        <ul className="divide-y divide-line border-y border-line">
          {tenants.map((tenant) => (
            <li key={tenant.id} className="grid items-start gap-x-4 gap-y-2 py-2 sm:grid-cols-[2fr_3fr]">
              <Checkbox
                value={tenant.id}
                isDisabled={tenant.whyNot !== null}
                description={
                  tenant.whyNot ?? tenant.waiting ?? (tenant.domains.join(", ") || "no domain recorded")
                }
              >
                {tenant.name}
              </Checkbox>
              <AddressField tenant={tenant} chosen={chosen} tenants={tenants} onAddress={onAddress} />
            </li>
          ))}
        </ul>
      </CheckboxGroup>
    </Card>
  );
}

function toOptions(found: unknown): Option[] {
  return (found as readonly TenantChoice[]).map(({ id, name, domains, whyNot }) => ({
    id,
    label: name,
    description: whyNot ?? domains.join(", "),
    isDisabled: whyNot !== null,
  }));
}

type AddressFieldProps = Pick<WhereFieldsProps, "tenants" | "chosen" | "onAddress"> & {
  tenant: TenantChoice;
};

function AddressField({ tenant, chosen, tenants, onAddress }: AddressFieldProps) {
  const index = chosen.findIndex(({ id }) => id === tenant.id);
  const own = chosen[index];
  if (!own) return null;
  return (
    <TextField
      name={`intent.accounts.${index}.userName`}
      label={`Address in ${tenant.name}`}
      isCode
      isRequired
      autoComplete="off"
      value={own.address}
      onChange={(address) => onAddress(tenant.id, address)}
      description={toAddressHint(own, chosen, tenants)}
    />
  );
}

/** Warnings about an address while it is typed. The plan repeats them. */
function toAddressHint(
  own: ChosenTenant,
  chosen: readonly ChosenTenant[],
  tenants: readonly TenantChoice[],
): string | undefined {
  const address = own.address.trim().toLowerCase();
  if (address === "") return "The name has no plain letters to build an address from. Type the address.";
  const twin = chosen.find((other) => other.id !== own.id && other.address.trim().toLowerCase() === address);
  if (twin) return `${twin.name} has the same address here. KnowBe4 accepts an address in one account only.`;
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (!address.includes("@") || domain === "" || own.domains.length === 0 || own.domains.includes(domain))
    return undefined;
  const owner = tenants.find((tenant) => tenant.domains.includes(domain));
  return owner
    ? `${domain} belongs to ${owner.name}. The plan will refuse it here.`
    : `${domain} is not a domain of ${own.name}. The plan will refuse it.`;
}
