import { toHeaderWord } from "@/lib/csv/header-word";

/**
 * Headers that a KnowBe4 console's users come with and other systems do not have. Sources: KnowBe4's CSV template
 * (support.knowbe4.com, article 204873347) and the names of the user list and of the Reporting API; the export's own
 * header row is not published, so two of these beside an address are taken for it. Names of attributes are not among
 * them: our own exports have those.
 */
const marks = new Set(
  [
    "Provisioning Managed",
    "AD Managed",
    "Risk Booster",
    "Risk Score",
    "Current Risk Score",
    "Phish-prone Percentage",
    "Phish-prone %",
    "PPP",
    "Admin Language",
    "Email Alias",
    "Email Aliases",
    "Last Sign In",
  ].map(toHeaderWord),
);

/** Whether a file is what KnowBe4 wrote of a console's users, and so says who stands there already. */
export function isKnowBe4Export(columns: readonly string[]): boolean {
  const words = columns.map(toHeaderWord);
  return words.includes("email") && words.filter((word) => marks.has(word)).length >= 2;
}
