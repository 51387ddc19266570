import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type ConsoleGroup,
  type ConsoleUser,
  type MailboxGroup,
  type MailboxUser,
  userNameOf,
} from "./records";
import { restartTimer } from "./sync";
import type { Sync } from "./sync-record";
import { newTenant, type Tenant, type TenantSettings } from "./tenant";
import { claimAddress, type World } from "./world";

const format = 1;
const debounceMs = 300;

/** The file's content. Faults and stats belong to one process and are not stored. */
interface SavedWorld {
  format: typeof format;
  isDemo: boolean;
  tenants: SavedTenant[];
}

interface SavedTenant {
  slug: string;
  settings: TenantSettings;
  token: string | null;
  mailbox: { users: MailboxUser[]; groups: SavedGroup<MailboxGroup>[] };
  console: { users: ConsoleUser[]; groups: SavedGroup<ConsoleGroup>[] };
  touched: { users: string[]; groups: string[] };
  syncs: Sync[];
  syncCount: number;
  areAliasesStripped: boolean;
}

type SavedGroup<T extends MailboxGroup> = Omit<T, "members"> & { members: string[] };

/**
 * Saves the world to `file` soon after each change, and once more when the returned function is called at the end. Each
 * write goes to a new file that then replaces the old one, so a crash leaves a complete file.
 */
export function persistState(world: World, file: string): () => void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  function save(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const temporary = `${file}.${process.pid}.tmp`;
    // It holds the tokens of the tenants.
    writeFileSync(temporary, JSON.stringify(toSavedWorld(world)), { mode: 0o600 });
    renameSync(temporary, file);
  }
  world.onChange = () => {
    timer ??= setTimeout(save, debounceMs);
  };
  return save;
}

/** Fills an empty world from `file`. False if there is no such file. @throws Error for another format */
export function loadState(world: World, file: string): boolean {
  if (!existsSync(file)) return false;
  const saved: SavedWorld = JSON.parse(readFileSync(file, "utf8"));
  if (saved.format !== format)
    throw new Error(`${file} is not of format ${format}. Nothing was loaded. Remove it to start fresh.`);
  world.isDemo = saved.isDemo;
  for (const each of saved.tenants) {
    const tenant = toTenant(each);
    world.tenants.set(tenant.slug, tenant);
    for (const user of tenant.console.users.byId.values()) {
      if (user.archivedMs === null) claimAddress(world, tenant.slug, userNameOf(user.resource));
    }
    restartTimer(world, tenant);
  }
  return true;
}

function toSavedWorld(world: World): SavedWorld {
  return { format, isDemo: world.isDemo, tenants: [...world.tenants.values()].map(toSavedTenant) };
}

/** A sync that was Processing is saved as Pending, and its ids as touched: it starts over after a load. */
function toSavedTenant(tenant: Tenant): SavedTenant {
  const { slug, settings, token, mailbox, console, touched, running, syncCount, areAliasesStripped } = tenant;
  return {
    slug,
    settings,
    token,
    mailbox: { users: [...mailbox.users.byId.values()], groups: toSavedGroups(mailbox.groups.byId.values()) },
    console: { users: [...console.users.byId.values()], groups: toSavedGroups(console.groups.byId.values()) },
    touched: {
      users: [...new Set([...touched.users, ...(running?.carried.users ?? [])])],
      groups: [...new Set([...touched.groups, ...(running?.carried.groups ?? [])])],
    },
    syncs: tenant.syncs.map((sync) => (sync.status === "Processing" ? { ...sync, status: "Pending" } : sync)),
    syncCount,
    areAliasesStripped,
  };
}

function toSavedGroups<T extends MailboxGroup>(groups: Iterable<T>): SavedGroup<T>[] {
  return Array.from(groups, (group) => ({ ...group, members: [...group.members] }));
}

function toTenant(saved: SavedTenant): Tenant {
  const tenant = newTenant(saved.slug, saved.settings);
  tenant.token = saved.token;
  for (const user of saved.mailbox.users) tenant.mailbox.users.put(user);
  for (const user of saved.console.users) tenant.console.users.put(user);
  for (const group of saved.mailbox.groups) {
    tenant.mailbox.groups.put({ ...group, members: new Set(group.members) });
  }
  for (const group of saved.console.groups) {
    tenant.console.groups.put({ ...group, members: new Set(group.members) });
  }
  tenant.touched = { users: new Set(saved.touched.users), groups: new Set(saved.touched.groups) };
  tenant.syncs = saved.syncs;
  tenant.syncCount = saved.syncCount;
  tenant.pending = saved.syncs.findLast((sync) => sync.status === "Pending") ?? null;
  tenant.areAliasesStripped = saved.areAliasesStripped;
  return tenant;
}
