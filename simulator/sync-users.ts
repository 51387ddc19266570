import { isDeepStrictEqual } from "node:util";
import { type ConsoleUser, domainOf, type MailboxUser, userNameOf } from "./records";
import { addReportLine, type ReportLine, type Sync } from "./sync-record";
import { countSeatsUsed, type Tenant } from "./tenant";
import { isActiveIn, isSameName } from "./user-resource";
import { claimAddress, findOtherTenant, releaseAddress, type World } from "./world";

/** One sync while it runs through a tenant. */
export interface SyncPass {
  world: World;
  tenant: Tenant;
  sync: Sync;
  nowMs: number;
  /** Test Mode: count and report, change nothing. */
  isDry: boolean;
  /** People this sync creates, or would. */
  createdIds: Set<string>;
}

interface Seats {
  used: number;
}

/**
 * Applies people from the mailbox to the console. Archives come first, because they free seats. Refused people stay
 * touched, so that every later sync retries and reports them.
 */
export function syncUsers(pass: SyncPass, touched: ReadonlySet<string>): void {
  const { tenant } = pass;
  const seats = { used: countSeatsUsed(tenant) };
  dropAliases(pass);
  archiveAbsent(pass, seats);
  // A person's new address may be one that another person gives up in the same sync, so those run twice.
  const late: MailboxUser[] = [];
  for (const id of touched) {
    const user = tenant.mailbox.users.find(id);
    if (user === null) continue;
    if (isNameHeldByOther(tenant, user)) late.push(user);
    else syncUser(pass, seats, user);
  }
  for (const user of late) {
    if (isNameHeldByOther(tenant, user)) {
      refuse(pass, user, "address-taken", "Another person in this account has this address. Not changed.");
    } else {
      syncUser(pass, seats, user);
    }
  }
}

/** SCIM has one address a person, so the first sync outside Test Mode drops the others for good. */
function dropAliases(pass: SyncPass): void {
  const { tenant } = pass;
  if (tenant.areAliasesStripped) return;
  for (const user of tenant.console.users.byId.values()) {
    if (user.aliases.length === 0 || !user.isProvisioningManaged) continue;
    pass.sync.users.changed += 1;
    report(pass, user, {
      level: "info",
      code: "alias-removed",
      message: `Aliases removed: ${user.aliases.join(", ")}.`,
    });
    if (!pass.isDry) tenant.console.users.put({ ...user, aliases: [] });
  }
  if (!pass.isDry) tenant.areAliasesStripped = true;
}

function archiveAbsent(pass: SyncPass, seats: Seats): void {
  const { tenant, world } = pass;
  for (const user of tenant.console.users.byId.values()) {
    if (user.archivedMs !== null || !user.isProvisioningManaged) continue;
    const wanted = tenant.mailbox.users.find(user.id);
    if (wanted !== null && isActiveIn(wanted)) continue;
    if (user.isAdmin) {
      report(pass, user, {
        level: "error",
        code: "admin-cannot-archive",
        message: "A console admin cannot be archived. Not changed.",
      });
      continue;
    }
    pass.sync.users.archived += 1;
    seats.used -= 1;
    const why = wanted === null ? "not in the SCIM source" : "inactive in the SCIM source";
    report(pass, user, { level: "info", code: "archived", message: `Archived: ${why}.` });
    if (pass.isDry) continue;
    tenant.console.users.put({ ...user, archivedMs: pass.nowMs, modifiedMs: pass.nowMs });
    releaseAddress(world, tenant.slug, userNameOf(user.resource));
  }
}

function syncUser(pass: SyncPass, seats: Seats, user: MailboxUser): void {
  const known = pass.tenant.console.users.find(user.id);
  const isActive = isActiveIn(user);
  if (known === null && !isActive) return;
  if (known !== null && !known.isProvisioningManaged) {
    report(pass, user, {
      level: "info",
      code: "not-managed",
      message: "Provisioning Managed is off for this person. Not changed.",
    });
    return;
  }
  const refusal = findRefusal(pass, seats, user, known);
  if (refusal !== null) {
    refuse(pass, user, refusal.code, refusal.message);
    return;
  }
  if (known === null) create(pass, seats, user);
  else update(pass, seats, user, known);
}

function findRefusal(
  pass: SyncPass,
  seats: Seats,
  user: MailboxUser,
  known: ConsoleUser | null,
): Pick<ReportLine, "code" | "message"> | null {
  const { settings, slug } = pass.tenant;
  const userName = userNameOf(user.resource);
  const isSeated = known !== null && known.archivedMs === null;
  const needsSeat = isActiveIn(user) && !isSeated;
  const isNewAddress = known === null || !isSameName(known.resource, user.resource);
  if (isNewAddress && settings.domainsEnforced && !settings.domains.includes(domainOf(userName))) {
    return {
      code: "domain-not-allowed",
      message: `${domainOf(userName)} is not an allowed domain. Not changed.`,
    };
  }
  if ((isNewAddress || needsSeat) && findOtherTenant(pass.world, slug, userName) !== null) {
    return {
      code: "address-in-other-account",
      message: "The address is used in another account. Not changed.",
    };
  }
  if (needsSeat && settings.seats !== null && seats.used >= settings.seats) {
    return { code: "seats-exceeded", message: `All ${settings.seats} seats are taken. Not changed.` };
  }
  return null;
}

function create(pass: SyncPass, seats: Seats, user: MailboxUser): void {
  const { tenant, world, nowMs } = pass;
  pass.sync.users.created += 1;
  pass.createdIds.add(user.id);
  seats.used += 1;
  report(pass, user, { level: "info", code: "created", message: "Created." });
  if (pass.isDry) return;
  tenant.console.users.put({
    ...user,
    createdMs: nowMs,
    modifiedMs: nowMs,
    archivedMs: null,
    isAdmin: false,
    isProvisioningManaged: true,
    aliases: [],
  });
  claimAddress(world, tenant.slug, userNameOf(user.resource));
}

/** Overwrites the console's values, including edits made there. archiveAbsent does the archiving. */
function update(pass: SyncPass, seats: Seats, user: MailboxUser, known: ConsoleUser): void {
  const { tenant, world, nowMs } = pass;
  const isRestored = known.archivedMs !== null && isActiveIn(user);
  const isChanged =
    known.resource !== user.resource &&
    !isDeepStrictEqual({ ...known.resource, active: true }, { ...user.resource, active: true });
  if (isRestored) {
    pass.sync.users.restored += 1;
    seats.used += 1;
    report(pass, user, { level: "info", code: "restored", message: "Restored." });
  }
  if (isChanged) {
    pass.sync.users.changed += 1;
    report(pass, user, { level: "info", code: "changed", message: "Changed." });
  }
  if (pass.isDry || (!isRestored && !isChanged)) return;
  const archivedMs = isRestored ? null : known.archivedMs;
  tenant.console.users.put({ ...known, resource: user.resource, archivedMs, modifiedMs: nowMs });
  releaseAddress(world, tenant.slug, userNameOf(known.resource));
  if (archivedMs === null) claimAddress(world, tenant.slug, userNameOf(user.resource));
}

function refuse(pass: SyncPass, user: MailboxUser, code: string, message: string): void {
  report(pass, user, { level: "error", code, message });
  if (!pass.isDry) pass.tenant.touched.users.add(user.id);
}

function isNameHeldByOther(tenant: Tenant, user: MailboxUser): boolean {
  const holder = tenant.console.users.findByName(userNameOf(user.resource));
  return holder !== null && holder.id !== user.id;
}

function report(pass: SyncPass, user: MailboxUser, said: Omit<ReportLine, "subject">): void {
  addReportLine(pass.sync, { ...said, subject: userNameOf(user.resource) });
}
