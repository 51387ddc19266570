import { countOf } from "@/components/words/count-words";
import type { Risk } from "@/lib/changes/model/plan-types";

type RiskText = { risk: Risk; toText: (count: number) => string };

/** Risks that are told by how many lines carry them. The others are told by what their lines do or why they wait. */
export const riskTexts: readonly RiskText[] = [
  {
    risk: "other-tenant-address",
    toText: (count) =>
      `${countOf(count, "address is", "addresses are")} in use in another tenant. KnowBe4 takes an address in one account only and refuses the second: archive or move the person there first.`,
  },
  {
    risk: "address-changes",
    toText: (count) =>
      `${countOf(count, "account gets", "accounts get")} another address. Whatever still sends the old one, such as a second source, would make a second account.`,
  },
  {
    risk: "principal-differs",
    toText: (count) =>
      `${countOf(count, "new account has", "new accounts have")} a user principal name that is not the e-mail address. If one of them stands under that name already, there will be two.`,
  },
  {
    risk: "loses-aliases",
    toText: (count) =>
      `KnowBe4 may drop the e-mail aliases of ${countOf(count, "account", "accounts")}: SCIM knows no aliases, and they cannot be brought back over it.`,
  },
  {
    risk: "protected-attribute",
    toText: (count) =>
      `${countOf(count, "line leaves", "lines leave")} out values that this tenant's policy protects. They stay as they are.`,
  },
  {
    risk: "may-enrol",
    toText: (count) =>
      `KnowBe4 may enrol ${countOf(count, "new or restored account", "new or restored accounts")} in running campaigns and send mail at once.`,
  },
];

/** What a line is marked with, so that the one among thousands can be found. Risks of every line of a kind are not. */
export const riskMarks: Partial<Record<Risk, string>> = {
  "other-tenant-address": "address in use in another tenant",
  "address-changes": "address changes",
  "principal-differs": "principal name is not the address",
  "loses-aliases": "may lose e-mail aliases",
  "protected-person": "protected person",
  "console-admin": "console admin",
  "protected-attribute": "protected values left out",
  "changed-since": "changed by others since",
};
