import { departments, locations, personNames } from "./people-names";
import { type Random, randomFrom, shuffled, uuidFrom } from "./random";
import { type ConsoleUser, enterpriseSchema, knowbe4Schema, type Resource, userNameOf } from "./records";
import type { Tenant } from "./tenant";
import { claimAddress, type World } from "./world";

/** Seeded people: "believable" (40 to 60 with groups), or a number of simple ones. */
export type PeopleWanted = number | "believable";

/**
 * Fills the console, and unless `isMailboxEmpty` the mailbox too, as after a sync. The same slug always gives the same
 * people with the same ids.
 */
export function seedPeople(
  world: World,
  tenant: Tenant,
  wanted: PeopleWanted,
  isMailboxEmpty: boolean,
): void {
  const random = randomFrom(tenant.slug);
  const nowMs = Date.now();
  const isBelievable = wanted === "believable";
  const users = isBelievable
    ? believableUsers(tenant, random, nowMs)
    : quickUsers(tenant, wanted, random, nowMs);
  for (const user of users) {
    tenant.console.users.put(user);
    if (user.archivedMs === null) claimAddress(world, tenant.slug, userNameOf(user.resource));
    if (isMailboxEmpty || !user.isProvisioningManaged) continue;
    const { id, createdMs, modifiedMs } = user;
    const resource = { ...user.resource, active: user.archivedMs === null };
    tenant.mailbox.users.put({ id, createdMs, modifiedMs, resource });
  }
  if (isBelievable) seedGroups(tenant, users, { random, nowMs, isMailboxEmpty });
}

function believableUsers(tenant: Tenant, random: Random, nowMs: number): ConsoleUser[] {
  const names = shuffled(random, personNames).slice(0, 40 + Math.floor(random() * 20));
  const heads: ConsoleUser[] = [];
  const users = names.map(([givenName, familyName, mailbox], position): ConsoleUser => {
    const which = position % departments.length;
    const [department, head, titles] = departments[which] ?? [
      "Operations",
      "Operations Manager",
      ["Analyst"],
    ];
    const title = position < departments.length ? head : titles[Math.floor(random() * titles.length)];
    const manager = heads[which];
    const userName = `${mailbox}@${domainOfSeed(tenant)}`;
    const location = locations[Math.floor(random() * locations.length)];
    const user = newConsoleUser(uuidFrom(random), nowMs, {
      userName,
      externalId: `emp-${1000 + position}`,
      name: { givenName, familyName },
      displayName: `${givenName} ${familyName}`,
      title,
      emails: [{ value: userName, type: "work", primary: true }],
      addresses: [{ type: "work", formatted: location }],
      [enterpriseSchema]: {
        employeeNumber: String(1000 + position),
        department,
        ...(manager === undefined
          ? {}
          : { manager: { value: manager.id, displayName: manager.resource.displayName } }),
      },
      [knowbe4Schema]: {
        customField1: position % 9 === 8 ? "Contractor" : "Employee",
        trainingLanguage: "en-US",
      },
    });
    if (position < departments.length) heads.push(user);
    return user;
  });
  return [
    ...users.map((user, position) => withTraits(user, position, nowMs)),
    serviceAccount(tenant, random, nowMs),
  ];
}

/** The head of IT and one of their people are admins; the last four left; a few have aliases. */
function withTraits(user: ConsoleUser, position: number, nowMs: number): ConsoleUser {
  const [mailbox, domain] = userNameOf(user.resource).split("@");
  const isGone = position >= 36 && position < 40;
  return {
    ...user,
    isAdmin: position === 1 || position === 8,
    archivedMs: isGone ? nowMs - (position - 30) * 86_400_000 : null,
    resource: { ...user.resource, active: !isGone },
    aliases: position % 12 === 3 ? [`${mailbox?.split(".")[0]}@${domain}`] : [],
  };
}

function serviceAccount(tenant: Tenant, random: Random, nowMs: number): ConsoleUser {
  const user = newConsoleUser(uuidFrom(random), nowMs, {
    userName: `scan-to-mail@${domainOfSeed(tenant)}`,
    displayName: "Scan to Mail (service account)",
    title: "Service account",
    [enterpriseSchema]: { department: "Information Technology" },
  });
  return { ...user, isProvisioningManaged: false };
}

function quickUsers(tenant: Tenant, wanted: number, random: Random, nowMs: number): ConsoleUser[] {
  return Array.from({ length: wanted }, (_, position) => {
    const [givenName, familyName] = personNames[position % personNames.length] ?? ["Sam", "Example"];
    const number = String(position + 1).padStart(6, "0");
    const [department] = departments[position % departments.length] ?? ["Operations"];
    return newConsoleUser(uuidFrom(random), nowMs, {
      userName: `person.${number}@${domainOfSeed(tenant)}`,
      name: { givenName, familyName },
      displayName: `${givenName} ${familyName}`,
      title: "Analyst",
      [enterpriseSchema]: { employeeNumber: number, department },
    });
  });
}

function seedGroups(
  tenant: Tenant,
  users: readonly ConsoleUser[],
  { random, nowMs, isMailboxEmpty }: { random: Random; nowMs: number; isMailboxEmpty: boolean },
): void {
  const staff = users.filter((user) => user.isProvisioningManaged && user.archivedMs === null);
  const departmentOf = (user: ConsoleUser) => Object(user.resource[enterpriseSchema]).department;
  const contents: [string, ConsoleUser[]][] = [
    ["All Staff", staff],
    ["New Hires", staff.slice(-5)],
    ["Managers", staff.slice(0, departments.length)],
    ["Finance", staff.filter((user) => departmentOf(user) === "Finance")],
    ["Information Technology", staff.filter((user) => departmentOf(user) === "Information Technology")],
    ["Remote", staff.filter((user) => JSON.stringify(user.resource.addresses).includes("Remote"))],
    ["Contractors", staff.filter((user) => JSON.stringify(user.resource).includes("Contractor"))],
  ];
  for (const [displayName, people] of contents) {
    const members = new Set(people.map((user) => user.id));
    const group = {
      id: uuidFrom(random),
      displayName,
      externalId: null,
      members,
      createdMs: nowMs,
      modifiedMs: nowMs,
    };
    tenant.console.groups.put({ ...group, archivedMs: null, isProvisioningManaged: !isMailboxEmpty });
    if (!isMailboxEmpty) tenant.mailbox.groups.put(group);
  }
}

function newConsoleUser(id: string, nowMs: number, resource: Resource): ConsoleUser {
  return {
    id,
    resource: { ...resource, active: true },
    createdMs: nowMs,
    modifiedMs: nowMs,
    archivedMs: null,
    isAdmin: false,
    isProvisioningManaged: true,
    aliases: [],
  };
}

function domainOfSeed(tenant: Tenant): string {
  return tenant.settings.domains[0] ?? `${tenant.slug}.example`;
}
