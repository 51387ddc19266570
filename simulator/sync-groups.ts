import type { ConsoleGroup, MailboxGroup } from "./records";
import { addReportLine } from "./sync-record";
import type { SyncPass } from "./sync-users";

/**
 * Applies groups and memberships to the console, after the people. A group whose member was only just created is synced
 * again, touched or not.
 */
export function syncGroups(pass: SyncPass, touched: ReadonlySet<string>): void {
  const { console, mailbox } = pass.tenant;
  const ids = new Set([...touched, ...groupsOfCreated(pass)]);
  for (const id of ids) {
    const group = mailbox.groups.find(id);
    const known = console.groups.find(id);
    if (group !== null) syncGroup(pass, group, known);
    else if (known !== null) archiveGroup(pass, known);
  }
}

function groupsOfCreated(pass: SyncPass): string[] {
  if (pass.createdIds.size === 0) return [];
  return [...pass.tenant.mailbox.groups.byId.values()]
    .filter((group) => countMissing(pass.createdIds, group.members) < pass.createdIds.size)
    .map((group) => group.id);
}

function syncGroup(pass: SyncPass, group: MailboxGroup, known: ConsoleGroup | null): void {
  const { sync, tenant, nowMs } = pass;
  const members = presentMembers(pass, group);
  const before = known?.members ?? new Set<string>();
  sync.memberships.created += countMissing(members, before);
  sync.memberships.archived += countMissing(before, members);
  if (known === null) {
    sync.groups.created += 1;
    report(pass, "created", group, "Group created.");
  } else if (known.archivedMs !== null) {
    sync.groups.restored += 1;
    report(pass, "restored", group, "Group restored.");
  } else if (known.displayName !== group.displayName || known.externalId !== group.externalId) {
    sync.groups.changed += 1;
    report(pass, "changed", group, "Group changed.");
  }
  if (pass.isDry) return;
  tenant.console.groups.put({
    ...group,
    members,
    createdMs: known?.createdMs ?? nowMs,
    modifiedMs: nowMs,
    archivedMs: null,
    isProvisioningManaged: true,
  });
}

/** Members that are in the console, or are from this sync on; the report names the others, which wait. */
function presentMembers(pass: SyncPass, group: MailboxGroup): Set<string> {
  const { console, mailbox } = pass.tenant;
  const present = new Set<string>();
  for (const id of group.members) {
    if (console.users.find(id) !== null || pass.createdIds.has(id)) {
      present.add(id);
      continue;
    }
    const subject = String(mailbox.users.find(id)?.resource.userName ?? id);
    const message = `Not in the console yet, so not added to ${group.displayName}.`;
    addReportLine(pass.sync, { level: "info", code: "member-not-present", subject, message });
  }
  return present;
}

/** How many of `ids` are not in `others`. */
function countMissing(ids: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let missing = 0;
  for (const id of ids) {
    if (!others.has(id)) missing += 1;
  }
  return missing;
}

function archiveGroup(pass: SyncPass, known: ConsoleGroup): void {
  if (known.archivedMs !== null || !known.isProvisioningManaged) return;
  pass.sync.groups.archived += 1;
  pass.sync.memberships.archived += known.members.size;
  report(pass, "archived", known, "Group archived: not in the SCIM source.");
  if (pass.isDry) return;
  pass.tenant.console.groups.put({ ...known, members: new Set(), archivedMs: pass.nowMs });
}

function report(pass: SyncPass, code: string, group: MailboxGroup, message: string): void {
  addReportLine(pass.sync, { level: "info", code, subject: group.displayName, message });
}
