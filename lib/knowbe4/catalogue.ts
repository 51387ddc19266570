import type { Cure } from "@/lib/knowbe4/cure";

/**
 * The errors between Rollcall and a KnowBe4 tenant, explained to people: the cause, the next step, and what cures it.
 * Codes are stable: they are stored with operations and shown in exports. Based on the error codes of Microsoft's
 * provisioning logs, plus those specific to KnowBe4. No other file lists codes: others ask for a cure (cured-by.ts).
 */
export const catalogue = {
  // The way to the tenant
  "tenant-unreachable": entry(
    "The tenant cannot be reached",
    "No connection to the Tenant URL, or it broke off.",
    "Nothing to do at first: it is tried again by itself. If it lasts, check the Tenant URL and KnowBe4's status page.",
    "wait",
  ),
  timeout: entry(
    "The tenant did not answer in time",
    "The request was sent, but no complete answer came. It may still have taken effect.",
    "Nothing to do: the directory is read before anything is sent again.",
    "wait",
  ),
  tls: entry(
    "The tenant's certificate is not valid",
    "The encrypted connection could not be set up, so nothing was sent.",
    "Check the Tenant URL for a wrong host name. If it is right, look for a proxy that breaks TLS open.",
    "probe",
  ),
  redirect: entry(
    "The Tenant URL points elsewhere",
    "The address answered with a redirect. It was not followed, to keep the token from another host.",
    "Copy the Tenant URL anew from Account Settings in KnowBe4, and connect the tenant again with it.",
    "probe",
  ),
  "egress-refused": entry(
    "The Tenant URL leads to an address that is not allowed",
    "The host name points to a private address, or to a host outside the allowed list.",
    "Connect the tenant again with its own Tenant URL. Whoever runs Rollcall can allow another host in TENANT_HOST_SUFFIXES.",
    "probe",
  ),
  "not-scim": entry(
    "The address does not answer as a SCIM server",
    "Something answered, but with a web page or with data of another kind.",
    "Copy the Tenant URL anew from Account Settings in KnowBe4. Check that SCIM is switched on there.",
    "address",
  ),
  "wrong-address": entry(
    "There is no SCIM service at this address",
    "The host answered, but knows no users or groups under the Tenant URL.",
    "Copy the Tenant URL anew from Account Settings in KnowBe4, and connect the tenant again with it.",
    "address",
  ),
  "tenant-error": entry(
    "The tenant reports an error of its own",
    "KnowBe4 answered with a server error. The request may have taken effect.",
    "Nothing to do at first: it is tried again by itself. If it lasts, give KnowBe4 support the request ID.",
    "wait",
  ),
  "rate-limited": entry(
    "The tenant asks for fewer requests",
    "KnowBe4 answered that there were too many requests.",
    "Nothing to do: the run goes on after the wait that was asked for. If it happens often, lower the tenant's rate.",
    "wait",
  ),
  stopped: entry(
    "The request was stopped",
    "The run was paused or cancelled.",
    "Resume or repeat the run.",
    "resume",
  ),

  // The token and who holds it
  "token-rejected": entry(
    "The token is rejected",
    "The SCIM token was revoked or replaced, or SCIM was switched off. Nothing more is sent to this tenant.",
    "Generate a SCIM token in KnowBe4's Account Settings and save it here. The old one stops working at once.",
    "new-token",
  ),
  "second-writer": entry(
    "Somebody else writes to this tenant too",
    "Values changed between two reads in a way no run explains: a second SCIM source holds the same token.",
    "Find the other source and decide which one stays. Until then set the tenant to observe.",
    "decision",
  ),

  // The result of a write
  "target-in-test-mode": entry(
    "The tenant is in Test Mode",
    "KnowBe4 accepts everything but changes nothing in its console while Test Mode is on.",
    "Read the report of the next sync in KnowBe4. Switch Test Mode off there when it looks right.",
    "console",
  ),
  "accepted-not-visible": entry(
    "Accepted, not confirmed yet",
    "KnowBe4 accepted the request, but a read does not show it. Its sync may be pending or was skipped.",
    "Wait for the next sync, or press Force Sync Now in KnowBe4. Then look at the sync's details there.",
    "sync",
  ),
  "stored-differently": entry(
    "Stored differently than sent",
    "KnowBe4 accepted the request and shows another value, or none, for some attributes.",
    "Compare the values below. An attribute that KnowBe4 does not keep can be taken out of the mapping.",
    "value",
  ),
  "no-change": entry(
    "Nothing to change",
    "The tenant already holds these values.",
    "Nothing to do.",
    "nothing",
  ),

  // The person that a write is about
  conflict: entry(
    "The address is taken",
    "KnowBe4 already holds a user or group of this name.",
    "Link the existing one, or correct the address.",
    "match",
  ),
  "conflict-not-visible": entry(
    "The address is taken, but nobody is found by it",
    "KnowBe4 refuses the address and does not show who has it: an archived user, an alias, or another account.",
    "Search the address in the KnowBe4 console, archived users included. Restore or correct that user.",
    "match",
  ),
  "email-in-other-account": entry(
    "The address belongs to another KnowBe4 account",
    "An address can exist in one KnowBe4 account only, and another account has it.",
    "Archive the person in the other account first, or have KnowBe4 support move them.",
    "match",
  ),
  "ambiguous-match": entry(
    "Two users match",
    "The tenant holds more than one user or group of this name, and a guess could hit the wrong one.",
    "Choose the right one, and archive or rename the other in KnowBe4.",
    "match",
  ),
  "different-person": entry(
    "The address seems to belong to somebody else",
    "A user of this address exists under another name or another external ID.",
    "Compare the two. Link them if they are one person, or give one of them another address.",
    "match",
  ),
  vanished: entry(
    "The user or group is gone",
    "It was linked, and KnowBe4 no longer has it under that ID.",
    "Match again. It is never created anew without being asked.",
    "plan",
  ),
  "duplicate-source": entry(
    "One address stands twice in the source",
    "Two entries of the source would be the same KnowBe4 user.",
    "Correct or remove one of them in the source.",
    "source",
  ),

  // The values of a write
  "invalid-value": entry(
    "A value is refused",
    "KnowBe4 refused the request because of what it holds.",
    "Correct the value the message names, then repeat the operation.",
    "value",
  ),
  "missing-required": entry(
    "A required value is missing",
    "A person needs an e-mail address, a group a name.",
    "Add the value in the source, then repeat the operation.",
    "value",
  ),
  "unknown-attribute": entry(
    "The tenant does not know an attribute",
    "KnowBe4 refused an attribute or the whole extension it belongs to.",
    "Take the attribute out of this tenant's mapping, or ask KnowBe4 support to enable it.",
    "value",
  ),
  "not-supported": entry(
    "The tenant does not offer this operation",
    "KnowBe4 answered that it does not do what was asked.",
    "Make the change in the KnowBe4 console.",
    "value",
  ),
  "domain-not-allowed": entry(
    "The e-mail domain is not allowed",
    "The address's domain is not among the allowed domains of this KnowBe4 account.",
    "Have the domain added under Account Settings in KnowBe4, or correct the address.",
    "value",
  ),
  "admin-cannot-archive": entry(
    "A console admin cannot be archived",
    "KnowBe4 does not archive a user who still has admin functions.",
    "Remove the admin role in the KnowBe4 console, then repeat the operation.",
    "console",
  ),
  "seats-exceeded": entry(
    "No seat is left",
    "The tenant has as many active users as its licence allows.",
    "Archive users who left, or have seats added, then repeat the operation.",
    "limit",
  ),

  // What Rollcall itself refuses
  "held-by-threshold": entry(
    "Held: too many people would be archived",
    "The plan passes the limit on archives for this tenant or for the fleet.",
    "Read the list. Release the plan if it is right, or correct the source.",
    "approval",
  ),
  "held-by-fleet": entry(
    "Held: too many people over all tenants",
    "Together with what was done in other tenants in the last 24 hours, the plan passes the fleet's limit.",
    "Read the list. Another operator can release it if it is right.",
    "approval",
  ),
  "restores-held": entry(
    "Held: too many people would be restored",
    "The plan passes the limit on restores of this tenant. Each restored person takes a seat and may be enrolled.",
    "Read the list. Another operator can release it if it is right.",
    "approval",
  ),
  "removals-held": entry(
    "Held: too many members would be removed",
    "The plan passes the limit on removals from groups of this tenant.",
    "Read the list. Another operator can release it if it is right, or correct the group's rules.",
    "approval",
  ),
  "seats-held": entry(
    "Held: not enough seats",
    "After this plan the tenant would have more active people than seats.",
    "Archive people who left or have seats added in KnowBe4, then plan again. Another operator can release it.",
    "approval",
  ),
  "protected-person": entry(
    "Held: a protected person",
    "Somebody marked this person as protected in this tenant, so they are not archived without a second operator.",
    "Ask a colleague to release it, or take the protection away on the tenant's roster first.",
    "approval",
  ),
  "excluded-person": entry(
    "Left alone: excluded from provisioning",
    "Provisioning Managed is false for this person in this tenant, so nothing is written to them.",
    "Take the exclusion away on the tenant's roster if Rollcall shall manage them.",
    "roster",
  ),
  "switched-off": entry(
    "This kind of write is switched off here",
    "The tenant's switches refuse it: creating, updating or archiving is off.",
    "An owner can switch it on under the tenant's rails. Then plan again.",
    "limit",
  ),
  "fleet-stopped": entry(
    "The whole fleet is stopped",
    "An operator pressed the stop button, so nothing is sent to any tenant.",
    "Read the reason on the home page. An owner can let the fleet go on.",
    "resume",
  ),
  "source-empty": entry(
    "The source came empty",
    "A full list of people named nobody. Nobody is taken for absent because of it.",
    "Look for what went wrong in the source: a filter, a sheet, a file cut short. Deliver it again.",
    "source",
  ),
  "source-shrunk": entry(
    "Held: the source shrank",
    "A full list named a fifth fewer people than before. Whoever is missing is not archived without a second operator.",
    "Compare the list with the one before. Deliver it again if it is cut short; have it released if people really left.",
    "approval",
  ),
  "source-incomplete": entry(
    "The source is incomplete",
    "Some of its rows could not be used, so nobody can be taken for absent.",
    "Correct the rows that are listed with their reasons, and deliver the file again.",
    "source",
  ),
  "out-of-scope": entry(
    "Out of scope",
    "The tenant's scope rules leave this person out, so they are not provisioned.",
    "Change the scope under the tenant's roster if they belong in.",
    "roster",
  ),
  "schedule-missed": entry(
    "A scheduled change was not applied",
    "Its plan had moved, had expired, or whoever asked for it may no longer act in the tenant.",
    "Open the change, plan it again and apply it.",
    "plan",
  ),
  "failing-run": entry(
    "Too much of the run failed",
    "More than 40 % of at least 50 operations were refused, so nothing more is sent to the tenant for now.",
    "Open the failed operations and repair their cause, then try the tenant again. By itself it is tried with a few operations, less and less often.",
    "repair",
  ),
  "drift-found": entry(
    "The tenant's directory was changed elsewhere",
    "Values changed that no operation of Rollcall wrote.",
    "Accept them into the roster or put them back, on the tenant's drift page.",
    "decision",
  ),
  "cancelled-by-operator": entry(
    "Cancelled",
    "An operator cancelled the change before this was sent.",
    "Nothing to do. Plan it again if it is wanted after all.",
    "plan",
  ),
  "incomplete-listing": entry(
    "The directory came incomplete",
    "The tenant named more users or groups than it gave. Nobody is taken for absent because of it.",
    "Nothing to do at first: it is read again. If it lasts, give KnowBe4 support the request ID.",
    "wait",
  ),
  // The state of a tenant in Rollcall
  "tenant-disconnected": entry(
    "The tenant is disconnected",
    "Its token was destroyed, so nothing can be sent to it any more.",
    "Connect it again, with a new token, if it is still a client.",
    "connect",
  ),
  "tenant-observed": entry(
    "The tenant is observed only",
    "Another system is its SCIM source, so nothing is written to it.",
    "An owner can change the tenant's mode once its own provisioning is switched off.",
    "cut-over",
  ),
  "directory-unread": entry(
    "The directory was not read yet",
    "Without a whole reading there is nothing to compare a change with.",
    "Wait for the first read, or start one on the tenant's page. Then plan again.",
    "read",
  ),
  "read-interrupted": entry(
    "The reading was interrupted",
    "The worker that read the directory stopped half-way. The last whole reading still stands.",
    "Nothing to do: it is read again. Start a read by hand if you cannot wait.",
    "wait",
  ),
  "no-token": entry(
    "There is no token for this tenant",
    "Nothing can be sent without one.",
    "Generate a SCIM token in the KnowBe4 console and enter it on the tenant's page.",
    "new-token",
  ),
  "seal-broken": entry(
    "The tenant's token does not open",
    "It was sealed to a key that this worker does not have, or it was altered.",
    "Check the worker's key files. If the key is lost, replace the token.",
    "new-token",
  ),
  "dependency-failed": entry(
    "Something it depends on was not done",
    "An earlier operation of the same change was refused or failed, so this one was not sent.",
    "Repair the earlier operation, then plan the rest again.",
    "retry",
  ),
  "archived-match": entry(
    "The person is archived in this tenant",
    "Somebody with the same address and name is there, archived, and the directory did not show it when the plan was made.",
    "Read the directory again, then plan again: the person will be restored and keep their history.",
    "read",
  ),
  unexpected: entry(
    "Something unforeseen happened",
    "The operation ended with an error that is not in the list.",
    "Repeat the operation. If it happens again, report the request ID.",
    "retry",
  ),
};

export type CatalogueCode = keyof typeof catalogue;

export type CatalogueEntry = {
  code: CatalogueCode;
  /** A short heading. */
  title: string;
  /** Why it happened, and its effect. */
  cause: string;
  /** The next step. */
  remedy: string;
  /** What ends it, for code that links to the cure. */
  curedBy: Cure;
};

export function getCatalogueEntry(code: CatalogueCode): CatalogueEntry {
  return { code, ...catalogue[code] };
}

function entry(title: string, cause: string, remedy: string, curedBy: Cure): Omit<CatalogueEntry, "code"> {
  return { title, cause, remedy, curedBy };
}
