import { z } from "zod";
import { seedPeople } from "./people";
import { expectSync, restartTimer } from "./sync";
import { newTenant, type Tenant } from "./tenant";
import type { World } from "./world";

const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be lower-case letters, digits and hyphens");
const domainSchema = z.string().trim().toLowerCase().min(1).max(253);

/** The settings of a tenant that may be changed at any time. */
const settingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  domains: z.array(domainSchema),
  domainsEnforced: z.boolean(),
  seats: z.int().min(0).nullable(),
  testMode: z.boolean(),
  syncEverySeconds: z.number().min(0).max(86_400),
  processingMs: z.int().min(0).max(600_000),
  reads: z.enum(["console", "mailbox"]),
  latencyMs: z.int().min(0).max(600_000),
  pageSizeMax: z.int().min(1).max(100_000),
  conflictScimType: z.boolean(),
});

export const settingsEditSchema = settingsSchema.partial();
export type SettingsEdit = z.infer<typeof settingsEditSchema>;

/** A new tenant. Only the name is required; the slug is made from it. */
export const newTenantSchema = settingsEditSchema.extend({
  name: settingsSchema.shape.name,
  slug: slugSchema.optional(),
  people: z.union([z.int().min(0).max(1_000_000), z.literal("believable")]).default(0),
  /** True: the people are in the console only, as before a first SCIM source is connected. */
  emptyMailbox: z.boolean().optional(),
  /** The inverse of the setting above. */
  provisioned: z.boolean().default(true),
});

export type NewTenant = z.input<typeof newTenantSchema>;

/** @throws Error when the slug is taken or, made from the name, empty */
export function createTenant(world: World, input: NewTenant): Tenant {
  const { slug: wanted, people, emptyMailbox, provisioned, ...edit } = newTenantSchema.parse(input);
  const slug = wanted ?? freeSlug(world, edit.name);
  if (world.tenants.has(slug)) throw new Error(`A tenant ${slug} exists.`);
  const tenant = newTenant(slug, {
    domains: [`${slug}.example`],
    // Given domains are enforced; the invented one only provides seeded people's addresses.
    domainsEnforced: edit.domains !== undefined,
    seats: null,
    testMode: false,
    syncEverySeconds: 0,
    processingMs: 0,
    reads: "console",
    latencyMs: 0,
    pageSizeMax: 100,
    conflictScimType: false,
    ...edit,
    name: edit.name,
  });
  world.tenants.set(slug, tenant);
  seedPeople(world, tenant, people, emptyMailbox ?? !provisioned);
  restartTimer(world, tenant);
  world.onChange();
  return tenant;
}

/** Leaving Test Mode makes a sync Pending: the held changes are now due. */
export function editSettings(world: World, tenant: Tenant, edit: SettingsEdit): void {
  const before = tenant.settings;
  tenant.settings = { ...before, ...edit };
  if (before.testMode && !tenant.settings.testMode) expectSync(tenant);
  if (before.syncEverySeconds !== tenant.settings.syncEverySeconds) restartTimer(world, tenant);
  world.onChange();
}

/** The three clients of the demo. */
export function seedDemo(world: World): void {
  const clients = [
    ["Contoso Legal", "contoso-legal", "contoso.example"],
    ["Lakeshore Credit Union", "lakeshore", "lakeshore.example"],
    ["Adventure Works", "adventure-works", "adventure.example"],
  ] as const;
  for (const [name, slug, domain] of clients) {
    createTenant(world, {
      name,
      slug,
      domains: [domain],
      seats: 250,
      people: "believable",
      syncEverySeconds: 5,
      processingMs: 800,
    });
  }
  world.isDemo = true;
}

function freeSlug(world: World, name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  const stem = plain === "" ? "tenant" : plain;
  let slug = stem;
  for (let number = 2; world.tenants.has(slug); number += 1) slug = `${stem}-${number}`;
  return slug;
}
