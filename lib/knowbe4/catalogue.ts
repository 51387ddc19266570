import { explain, explainPassing, type Explanation } from "@/lib/knowbe4/explanation";
import { heldReasons } from "@/lib/knowbe4/held-reasons";

/**
 * The errors between Rollcall and a KnowBe4 tenant, explained to people: the cause, the next step, and what cures it.
 * Codes are stable: they are stored with operations and shown in exports. Based on the error codes of Microsoft's
 * provisioning logs, plus those specific to KnowBe4. No other file lists codes: others ask for a cure (cured-by.ts).
 */
export const catalogue = {
  // The way to the tenant
  "tenant-unreachable": explainPassing(
    "The tenant cannot be reached",
    "No connection to the Tenant URL, or it broke off.",
    {
      waiting: "Rollcall retries automatically. If it lasts, check the Tenant URL and KnowBe4's status page.",
      final:
        "Retry what failed once the tenant answers. If it does not, check the Tenant URL and KnowBe4's status page.",
    },
  ),
  timeout: explainPassing(
    "The tenant did not answer in time",
    "The request was sent, but no complete answer came. It may still have taken effect.",
    {
      waiting: "Nothing to do: Rollcall reads the directory before it sends again.",
      final: "Read the directory again, then retry what failed: only what did not take effect is sent.",
    },
  ),
  tls: explain(
    "The tenant's certificate is not valid",
    "The encrypted connection could not be set up, so nothing was sent.",
    "Check the Tenant URL for a wrong host name. If it is right, check for a proxy that intercepts TLS.",
    "probe",
  ),
  redirect: explain(
    "The Tenant URL points elsewhere",
    "The address answered with a redirect. It was not followed, so that no other host receives the token.",
    "Copy the Tenant URL again from Account Settings in KnowBe4, and connect the tenant again with it.",
    "probe",
  ),
  "egress-refused": explain(
    "The Tenant URL leads to an address that is not allowed",
    "The host name points to a private address, or to a host outside the allowed list.",
    "Connect the tenant again with its own Tenant URL. An administrator of Rollcall can allow another host in TENANT_HOST_SUFFIXES.",
    "probe",
  ),
  "not-scim": explain(
    "The address does not answer as a SCIM server",
    "The address answered with a web page or other data.",
    "Copy the Tenant URL again from Account Settings in KnowBe4. Check that SCIM is switched on there.",
    "address",
  ),
  "wrong-address": explain(
    "There is no SCIM service at this address",
    "The host answered, but has no users or groups under the Tenant URL.",
    "Copy the Tenant URL again from Account Settings in KnowBe4, and connect the tenant again with it.",
    "address",
  ),
  "tenant-error": explainPassing(
    "The tenant reports a server error",
    "KnowBe4 answered with a server error. The request may have taken effect.",
    {
      waiting: "Rollcall retries automatically. If it lasts, give KnowBe4 support the request ID.",
      final:
        "Retry what failed. If it happens again, give KnowBe4 support the request ID, which is in the operation's row.",
    },
  ),
  "rate-limited": explainPassing(
    "The tenant asks for fewer requests",
    "KnowBe4 answered that requests come too fast.",
    {
      waiting:
        "Nothing to do: the run continues after the requested wait. If it happens often, lower the tenant's rate limit.",
      final: "Lower the tenant's rate limit, then retry what failed.",
    },
  ),
  stopped: explain(
    "The request was stopped",
    "The run was paused or cancelled.",
    "Resume the change, or plan it again.",
    "resume",
  ),

  // The token and who holds it
  "token-rejected": explain(
    "The token is rejected",
    "The SCIM token was revoked or replaced, or SCIM was switched off. Nothing more is sent to this tenant.",
    "Generate a SCIM token in KnowBe4's Account Settings and save it here. The old one stops working at once.",
    "new-token",
  ),
  "second-writer": explain(
    "Another system writes to this tenant too",
    "Values changed between two reads that Rollcall did not write. A second SCIM source may use the same token.",
    "Find the other source and keep only one. Until then set the tenant to observe.",
    "decision",
  ),

  // The result of a write
  "target-in-test-mode": explain(
    "The tenant is in Test Mode",
    "KnowBe4 accepts everything but applies nothing while Test Mode is on.",
    "Read the report of the next sync in KnowBe4. Switch Test Mode off there when it looks right.",
    "console",
  ),
  "accepted-not-visible": explain(
    "Accepted, not confirmed yet",
    "KnowBe4 accepted the request, but a read does not show the result. Its sync may be pending or skipped.",
    "Wait for the next sync, or press Force Sync Now in KnowBe4. Then look at the sync's details there.",
    "sync",
  ),
  "stored-differently": explain(
    "Stored differently than sent",
    "KnowBe4 accepted the request and shows another value, or none, for some attributes.",
    "Compare the values below. An attribute that KnowBe4 does not keep can be taken out of the mapping.",
    "value",
  ),
  "other-resource": explainPassing(
    "The tenant answered about somebody else",
    "A request about one user or group was answered with another one. Nothing in that answer was believed.",
    {
      waiting: "Rollcall reads again. If it lasts, give KnowBe4 support the request ID.",
      final:
        "Retry what failed. If it happens again, give KnowBe4 support the request ID, which is in the operation's row.",
    },
  ),
  "answers-unclear": explain(
    "The tenant's answers leave something open",
    "The last full read left out who is active or who is in a group, or wrote it in a form that SCIM does not know. Rollcall keeps what it knew.",
    "Look at these people and groups in the KnowBe4 console. If it lasts, ask KnowBe4 support why SCIM does not show them.",
    "console",
  ),
  "no-change": explain(
    "Nothing to change",
    "The tenant already holds these values.",
    "Nothing to do.",
    "nothing",
  ),

  "operation-refused": explain(
    "The tenant does not permit this operation",
    "KnowBe4 answered 403 to this one operation. A read with the same token is allowed, so the token is valid.",
    "Look at this user or group in the KnowBe4 console, and make the change there if it is allowed. Then retry.",
    "console",
  ),

  // The person that a write is about
  conflict: explain(
    "The address is taken",
    "KnowBe4 already has a user or group with this name.",
    "Link the existing one, or correct the address.",
    "match",
  ),
  "conflict-not-visible": explain(
    "The address is taken, but no user is found",
    "KnowBe4 refuses the address but shows no user with it. An archived user, an alias or another account may have it.",
    "Search the address in the KnowBe4 console, archived users included. Restore or correct that user.",
    "match",
  ),
  "email-in-other-account": explain(
    "The address belongs to another KnowBe4 account",
    "An address can exist in one KnowBe4 account only, and another account has it.",
    "Archive the person in the other account first, or have KnowBe4 support move them.",
    "match",
  ),
  "ambiguous-match": explain(
    "Two users match",
    "The tenant has more than one user or group with this name, so Rollcall does not choose.",
    "Choose the right one, and archive or rename the other in KnowBe4.",
    "match",
  ),
  "different-person": explain(
    "The address may belong to another person",
    "A user with this address has another name or external ID.",
    "Compare the two. Link them if they are one person, or change one address.",
    "match",
  ),
  vanished: explain(
    "The user or group is gone",
    "It was linked, but KnowBe4 no longer has that ID.",
    "Plan again to match it. Rollcall never recreates it without a plan.",
    "plan",
  ),
  "duplicate-source": explain(
    "The source has one address twice",
    "Two entries would become the same KnowBe4 user.",
    "Correct or remove one of them in the source.",
    "source",
  ),

  // The values of a write
  "invalid-value": explain(
    "A value is refused",
    "KnowBe4 refused a value in the request.",
    "Correct the value that the message names, then retry.",
    "value",
  ),
  "missing-required": explain(
    "A required value is missing",
    "A person needs an e-mail address, a group a name.",
    "Add the value in the source, then retry.",
    "value",
  ),
  "unknown-attribute": explain(
    "The tenant does not know an attribute",
    "KnowBe4 refused an attribute or its whole extension.",
    "Remove the attribute from this tenant's mapping, or ask KnowBe4 support to enable it.",
    "value",
  ),
  "not-supported": explain(
    "The tenant does not offer this operation",
    "KnowBe4 answered that it does not support this request.",
    "Make the change in the KnowBe4 console.",
    "value",
  ),
  "domain-not-allowed": explain(
    "The e-mail domain is not allowed",
    "This KnowBe4 account does not allow the address's domain.",
    "Have the domain added under Account Settings in KnowBe4, or correct the address.",
    "value",
  ),
  "admin-cannot-archive": explain(
    "A console admin cannot be archived",
    "KnowBe4 does not archive users who have admin functions.",
    "Remove the admin role in the KnowBe4 console, then retry.",
    "console",
  ),
  "seats-exceeded": explain(
    "No seat is left",
    "The tenant has as many active users as its licence allows.",
    "Archive users who left or add seats, then retry.",
    "limit",
  ),

  ...heldReasons,

  // What Rollcall itself refuses
  "excluded-person": explain(
    "Skipped: excluded from provisioning",
    "Provisioning Managed is false for this person in this tenant, so nothing is written to them.",
    "Remove the exclusion on the tenant's roster if Rollcall should manage them.",
    "roster",
  ),
  "switched-off": explain(
    "This kind of write is switched off here",
    "The tenant's switch for creating, updating or archiving is off.",
    "An owner can switch it on under the tenant's safety limits. Then plan again.",
    "limit",
  ),
  "fleet-stopped": explain(
    "All sending is stopped",
    "An operator stopped sending to all tenants.",
    "Read the reason on Home. An owner can resume sending.",
    "resume",
  ),
  "source-empty": explain(
    "The source is empty",
    "A complete list had no people, so nobody is marked as absent.",
    "Check the source for a wrong filter, a wrong sheet or a truncated file. Deliver it again.",
    "source",
  ),
  "source-incomplete": explain(
    "The source is incomplete",
    "Some rows could not be used, so nobody is marked as absent.",
    "Correct the rows that are listed with their reasons, and deliver the file again.",
    "source",
  ),
  "out-of-scope": explain(
    "Out of scope",
    "The tenant's scope rules leave this person out, so they are not provisioned.",
    "Change the scope on the tenant's roster if they belong to it.",
    "roster",
  ),
  "schedule-missed": explain(
    "A scheduled change was not applied",
    "Its plan had changed or expired, or the requester may no longer act in the tenant.",
    "Open the change, plan it again and apply it.",
    "plan",
  ),
  "failing-run": explain(
    "Too much of the run failed",
    "More than 40 % of at least 50 operations were refused. The circuit breaker stopped sending to the tenant.",
    "Open the failed operations and fix their cause, then try the tenant again. Rollcall retries with a few operations, at longer intervals.",
    "repair",
  ),
  "drift-found": explain(
    "The tenant's directory was changed elsewhere",
    "Values changed that Rollcall did not write.",
    "Accept them into the roster or put them back, on the tenant's drift page.",
    "decision",
  ),
  "cancelled-by-operator": explain(
    "Cancelled",
    "An operator cancelled the change before this was sent.",
    "Nothing to do. Plan it again if it is still needed.",
    "plan",
  ),
  "incomplete-listing": explain(
    "The directory read was incomplete",
    "The tenant reported more users or groups than it returned, so nobody is marked as absent.",
    "Rollcall reads it again automatically. If it lasts, give KnowBe4 support the request ID.",
    "wait",
  ),
  // The state of a tenant in Rollcall
  "tenant-disconnected": explain(
    "The tenant is disconnected",
    "Its token was destroyed, so nothing can be sent to it.",
    "If it is still a client, connect it again with a new token.",
    "connect",
  ),
  "tenant-observed": explain(
    "The tenant is observed only",
    "Another system is its SCIM source, so nothing is written to it.",
    "An owner can change the tenant's mode once its own provisioning is switched off.",
    "cut-over",
  ),
  "directory-unread": explain(
    "The directory has not been read yet",
    "Without a full read there is nothing to compare a change with.",
    "Wait for the first read, or start one on the tenant's page. Then plan again.",
    "read",
  ),
  "read-interrupted": explain(
    "The read was interrupted",
    "The worker stopped during the read. The last full read still applies.",
    "Nothing to do: Rollcall reads it again. Start a read by hand if you cannot wait.",
    "wait",
  ),
  "no-token": explain(
    "There is no token for this tenant",
    "Nothing can be sent without one.",
    "Generate a SCIM token in the KnowBe4 console and enter it on the tenant's page.",
    "new-token",
  ),
  "seal-broken": explain(
    "The tenant's token cannot be opened",
    "It was sealed with a key that this worker does not have, or it was altered.",
    "Check the worker's key files. If the key is lost, replace the token.",
    "new-token",
  ),
  "dependency-failed": explain(
    "Something it depends on was not done",
    "An earlier operation of the same change was refused or failed, so this one was not sent.",
    "Fix the earlier operation, then plan the rest again.",
    "retry",
  ),
  "archived-match": explain(
    "The person is archived in this tenant",
    "An archived account has the same address and name. The directory did not show it when the plan was made.",
    "Read the directory again, then plan again: the person will be restored and keep their history.",
    "read",
  ),
  "audit-not-sealed": explain(
    "The audit log is not sealed any more",
    "Its anchors are missing or disagree with the database, so it may have been cut or replaced. Events wait for their seal.",
    "Keep the database and the file of the anchors as they are, and find out who changed them. Put the file back; whoever runs Rollcall then verifies the log.",
    "server",
  ),
  unexpected: explain(
    "An unexpected error occurred",
    "The operation ended with an error that Rollcall does not know.",
    "Retry the operation. If it happens again, report the request ID, which is in the operation's row.",
    "retry",
  ),
};

export type CatalogueCode = keyof typeof catalogue;

export type CatalogueEntry = Explanation & { code: CatalogueCode };

export function getCatalogueEntry(code: CatalogueCode): CatalogueEntry {
  return { code, ...(catalogue[code] as Explanation) };
}

/** The entry for an operation that failed for good: nothing retries it by itself. */
export function getFinalEntry(code: CatalogueCode): CatalogueEntry {
  const entry = getCatalogueEntry(code);
  return { ...entry, remedy: entry.whenFinal ?? entry.remedy };
}
