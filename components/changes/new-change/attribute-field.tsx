"use client";

import type { ReactNode } from "react";
import { TextField } from "@/components/ui/fields/text-field";
import { type AttributeKey, attributeKeys, attributes, isAttributeKey } from "@/lib/knowbe4/attributes";

/** The first fields, in the order people expect. */
export const mainAttributes = [
  "givenName",
  "familyName",
  "title",
  "department",
  "manager",
  "location",
] as const;

/** Not shown here: the address belongs to an account, and the external ID links accounts. */
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

/** The field is named by its path in the input, so that a refusal appears at the field. */
export function AttributeField({ attribute, ...props }: AttributeFieldProps) {
  const { label, kind } = attributes[attribute];
  const input =
    kind === "date" ? { type: "date" } : attribute === "manager" ? { inputMode: "email" as const } : {};
  return <TextField {...input} {...props} name={`${prefix}${attribute}`} label={label} autoComplete="off" />;
}

/** A form's attributes, blank ones included: to the server, blank means "do not change". */
export function readAttributes(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => {
      const key = name.startsWith(prefix) ? name.slice(prefix.length) : "";
      return isAttributeKey(key) && typeof value === "string" ? [[key, value]] : [];
    }),
  );
}
