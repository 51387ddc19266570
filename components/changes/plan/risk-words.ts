import { countOf } from "@/components/words/count-words";
import type { Risk } from "@/lib/changes/model/plan-types";

type RiskText = { risk: Risk; toText: (count: number) => string };

/** Risks shown as a count of lines. Other risks show in what a line does or why it is held. */
export const riskTexts: readonly RiskText[] = [
  {
    risk: "other-tenant-address",
    toText: (count) =>
      `${countOf(count, "address is", "addresses are")} in use in another tenant. KnowBe4 accepts an address in one account only. Archive or move the person in the other tenant first.`,
  },
  {
    risk: "address-changes",
    toText: (count) =>
      `${countOf(count, "account gets", "accounts get")} another address. A second source that still sends the old address would create a second account.`,
  },
  {
    risk: "principal-differs",
    toText: (count) =>
      `${countOf(count, "new account has", "new accounts have")} a user principal name that is not the e-mail address. If an account with that name exists already, there will be two.`,
  },
  {
    risk: "loses-aliases",
    toText: (count) =>
      `KnowBe4 may drop the e-mail aliases of ${countOf(count, "account", "accounts")}: SCIM has no aliases, so Rollcall cannot restore them.`,
  },
  {
    risk: "protected-attribute",
    toText: (count) =>
      `${countOf(count, "line leaves", "lines leave")} out values that this tenant's policy protects. They are not changed.`,
  },
  {
    risk: "may-enrol",
    toText: (count) =>
      `KnowBe4 may enrol ${countOf(count, "new or restored account", "new or restored accounts")} in running campaigns and send mail at once.`,
  },
];

/** Marks that make one line among thousands findable. Risks that every line of a kind has are not marked. */
export const riskMarks: Partial<Record<Risk, string>> = {
  "other-tenant-address": "address in use in another tenant",
  "address-changes": "address changes",
  "principal-differs": "principal name is not the address",
  "loses-aliases": "may lose e-mail aliases",
  "protected-person": "protected person",
  "console-admin": "console admin",
  "protected-attribute": "protected values left out",
  "changed-since": "changed elsewhere since",
};
