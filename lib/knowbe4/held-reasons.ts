import { explain } from "@/lib/knowbe4/explanation";

/** The part of the catalogue that says why a rail holds lines, until an operator who is no author approves them. */
export const heldReasons = {
  "held-by-threshold": explain(
    "Held: too many people would be archived",
    "The plan passes the limit on archives for this tenant or for the fleet.",
    "Check the list. Approve the plan if it is right, or correct the source.",
    "approval",
  ),
  "held-by-fleet": explain(
    "Held: too many people over all tenants",
    "With the last 24 hours in all tenants, the plan passes the limit over all tenants.",
    "Check the list. Another operator can approve it if it is right.",
    "approval",
  ),
  "restores-held": explain(
    "Held: too many people would be restored",
    "The plan passes the limit on restores of this tenant. Each restored person takes a seat and may be enrolled.",
    "Check the list. Another operator can approve it if it is right.",
    "approval",
  ),
  "removals-held": explain(
    "Held: too many members would be removed",
    "The plan passes the limit on removals from groups of this tenant.",
    "Check the list. Another operator can approve it if it is right, or correct the group's rules.",
    "approval",
  ),
  "seats-held": explain(
    "Held: not enough seats",
    "After this plan the tenant would have more active people than seats.",
    "Archive people who left or have seats added in KnowBe4, then plan again. Or ask another operator to approve it.",
    "approval",
  ),
  "protected-person": explain(
    "Held: a protected person",
    "This person is marked as protected in this tenant. Archiving them needs a second operator.",
    "Ask a colleague to approve it, or remove the protection on the tenant's roster first.",
    "approval",
  ),
  "guard-removed": explain(
    "Held: a guard was removed",
    "A guard of this person was removed, and nobody has archived them since with a colleague's approval.",
    "Ask a colleague to approve it, or leave the person out of this change.",
    "approval",
  ),
  "approved-alone": explain(
    "Held: an author asks to approve alone",
    "Nobody but authors of this change may act in its tenants. One of them asked to approve its held lines alone, an hour later.",
    "Read the held lines. Stop the approval on the change's page if it is not right.",
    "approval",
  ),
  "source-shrunk": explain(
    "Held: the source shrank",
    "A complete list had at least a fifth fewer people than before. Archiving absent people needs a second operator.",
    "Compare the list with the one before. Deliver it again if it is truncated, or ask for approval if people really left.",
    "approval",
  ),
};
