import { toHeaderWord } from "@/lib/csv/header-word";

/**
 * Headers that only KnowBe4's exports of console users have. Sources: KnowBe4's CSV template (support.knowbe4.com,
 * article 204873347) and the names of the user list and of the Reporting API. The export's own header row is not
 * published, so two of these beside an address identify it. Names of attributes are not among them: our own exports
 * have those.
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

/** Whether a file is KnowBe4's own export of console users, which lists existing accounts. */
export function isKnowBe4Export(columns: readonly string[]): boolean {
  const words = columns.map(toHeaderWord);
  return words.includes("email") && words.filter((word) => marks.has(word)).length >= 2;
}
