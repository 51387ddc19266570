"use client";

import type { ReactNode } from "react";
import { TextField } from "@/components/ui/text-field";
import { type AttributeKey, attributeKeys, attributes, isAttributeKey } from "@/lib/knowbe4/attributes";

/** What is asked first, in the order in which people say it. */
export const mainAttributes = [
  "givenName",
  "familyName",
  "title",
  "department",
  "manager",
  "location",
] as const;

/** The address belongs to an account and the external ID joins accounts: neither is a mere detail. */
const notDetails: readonly AttributeKey[] = ["userName", "externalId", ...mainAttributes];

export const moreAttributes = attributeKeys.filter((key) => !notDetails.includes(key));

const prefix = "intent.attributes.";

type AttributeFieldProps = {
  attribute: AttributeKey;
  isRequired?: boolean;
  isDisabled?: boolean;
  description?: ReactNode;
  value?: string;
  onChange?: (value: string) => void;
};

/** The field's name is the path by which the server refuses it, so that a refusal stands at its field. */
export function AttributeField({ attribute, ...props }: AttributeFieldProps) {
  const { label, kind } = attributes[attribute];
  const input =
    kind === "date" ? { type: "date" } : attribute === "manager" ? { inputMode: "email" as const } : {};
  return <TextField {...input} {...props} name={`${prefix}${attribute}`} label={label} autoComplete="off" />;
}

/** The attributes of a form, blank ones included: to the server blank means "leave alone". */
export function readAttributes(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = name.startsWith(prefix) ? name.slice(prefix.length) : "";
      return isAttributeKey(key) && typeof value === "string" ? [[key, value]] : [];
    }),
  );
}
