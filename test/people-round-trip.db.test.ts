import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scope } from "@/lib/auth/scope";
import type { Intent } from "@/lib/changes/model/intent";
import { planChange } from "@/lib/changes/mutations";
import { toCsv } from "@/lib/csv/to-csv";
import { readPeopleList } from "@/lib/directory/export";
import { type MirroredPerson, mirrorPeople } from "@/lib/directory/people-under-test";
import { getImport } from "@/lib/imports/data";
import { checkImport, readImport } from "@/lib/imports/mutations";
import { attributeKeys } from "@/lib/knowbe4/attributes";
import { userNameKey } from "@/lib/knowbe4/user-name-key";
import { adoptInventory } from "@/lib/roster/mutations";
import { inPieces } from "@/test/csv";
import { openPlanning, type Planning } from "@/test/planning";
import { propertyRuns } from "@/test/run-length";
import { makeOperator } from "@/test/scope";

let planning: Planning;
let owner: Scope;

beforeAll(async () => {
  planning = await openPlanning();
  owner = (await makeOperator(planning.database, "owner")).scope;
});
afterAll(() => planning?.close());

const nothing = { planned: 0, held: 0, skipped: 0 };

type Held = { people: (MirroredPerson & { groups: number[] })[]; groups: string[] };

/** A tenant that was read and adopted. Its domains are not those of all its people. */
async function addTenant(name: string, { people, groups }: Held): Promise<string> {
  const { rows } = planning;
  const [tenantId, readId] = [randomUUID(), randomUUID()];
  await rows(
    `INSERT INTO tenant (id, name, tenant_url, domains, state, mode) VALUES ($1, $2, 'http://127.0.0.1:9/', '{acme.example}', 'healthy', 'source')`,
    [tenantId, name],
  );
  await rows(
    `INSERT INTO directory_read (id, tenant_id, state, requested_by, finished_at, users, active)
     VALUES ($1, $2, 'complete', 'A test', now(), $3, $3)`,
    [readId, tenantId, people.length],
  );
  await rows("UPDATE tenant SET read_id = $1 WHERE id = $2", [readId, tenantId]);
  await mirrorPeople(rows, { tenantId, people });
  await rows(
    `INSERT INTO directory_group (tenant_id, resource_id, display_name, members, seen_at)
     SELECT $1, 'g' || n, name, 1, now() FROM unnest($2::text[]) WITH ORDINALITY AS g (name, n)`,
    [tenantId, groups],
  );
  const members = people.flatMap((person) => person.groups.map((n) => [`g${n + 1}`, person.resourceId]));
  await rows(
    `INSERT INTO directory_membership (tenant_id, group_resource_id, user_resource_id)
     SELECT DISTINCT $1::uuid, m ->> 0, m ->> 1 FROM jsonb_array_elements($2::jsonb) m`,
    [tenantId, JSON.stringify(members)],
  );
  await adoptInventory(owner, { tenantId, reason: "A test" });
  return tenantId;
}

async function exportPeople(tenantId: string): Promise<string> {
  const { header, pages } = await readPeopleList(owner, { tenant: tenantId });
  const written = [toCsv([header])];
  for await (const page of pages) written.push(toCsv(page));
  return written.join("");
}

/** Reads a file of a tenant, checks it as proposed and plans it. */
async function planFile(
  file: string,
  { tenantId, isNamed, mode }: { tenantId: string; isNamed: boolean; mode: "merge" | "full" },
) {
  const { importId } = await readImport(
    owner,
    {
      fileName: "people.csv",
      mode,
      tenantId: isNamed ? null : tenantId,
      encoding: null,
      delimiter: null,
    },
    inPieces(Buffer.from(file)),
  );
  const { mapping } = await getImport(owner, { importId });
  const counts = await checkImport(owner, { importId, mode, targets: mapping.targets });
  const intent: Intent = { kind: "import", importId, tenantIds: [tenantId] };
  const { lines } = await planChange(owner, { intent, reason: "A test", ticket: null });
  return { ...counts, lines };
}

/** Text that a tenant may hold and a file, a spreadsheet or our own rules may spoil. */
const hostile = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.constantFrom(
      ...["a; b", "a | b", ";", '"', '"a";b', 'say "hi"', "1 Main St\r\nSpringfield", "two\nlines", "\ttab"],
      ...[
        "=1+1",
        "'=1+1",
        "+41 44 1",
        "-",
        "@x",
        " spaces ",
        "00077",
        "77",
        "null",
        "false",
        "\u202Ertl",
        "\uFFFD",
      ],
      ...[
        "x".repeat(300),
        "y, ".repeat(150),
        "İSTANBUL",
        "ΣΊΣΥΦΟΣ",
        "e\u0301quipe",
        "équipe",
        "2026-11-21",
        "soon",
      ],
    ),
  )
  .map((text) => text.toWellFormed().replaceAll("\0", ""))
  .filter((text) => text.trim() !== "");

const address = fc.oneof(
  { weight: 5, arbitrary: fc.nat(999).map((n) => `p${n}@acme.example`) },
  fc.constantFrom(
    "Ann@Elsewhere.example",
    "josé@acme.example",
    "bob@localhost",
    "no address",
    "a b@acme.example",
  ),
);

const holdings: fc.Arbitrary<Held> = fc.record({
  groups: fc.uniqueArray(fc.oneof(hostile, fc.constantFrom("VPN", "vpn", "Vpn")), {
    minLength: 1,
    maxLength: 8,
  }),
  people: fc
    .uniqueArray(
      fc.record({
        userName: address,
        displayName: hostile,
        active: fc.boolean(),
        attributes: fc.dictionary(
          fc.constantFrom(...attributeKeys.filter((key) => key !== "userName")),
          hostile,
        ),
        groups: fc.array(fc.nat(7), { maxLength: 5 }),
      }),
      { selector: ({ userName }) => userNameKey(userName), minLength: 1, maxLength: 20 },
    )
    .map((people) => people.map((person, index) => ({ ...person, resourceId: `u${index}` }))),
});

test("a file of an earlier version, which put no name in quotes, plans nothing either, in groups that are twins too", async () => {
  const people = [
    { ...{ userName: "ann@acme.example", displayName: "Ann" }, resourceId: "u1", groups: [0, 1, 2] },
    { ...{ userName: "bob@acme.example", displayName: "Bob" }, resourceId: "u2", groups: [1, 3] },
  ];
  const groups = ["R&D; Berlin", "Sales | EMEA", "VPN", "vpn"];
  const tenantId = await addTenant("Earlier", { people, groups });
  const file = [
    "Email,Groups",
    'ann@acme.example,"R&D; Berlin; Sales | EMEA; VPN"',
    'bob@acme.example,"Sales | EMEA; vpn"',
  ].join("\r\n");
  expect(await planFile(file, { tenantId, isNamed: false, mode: "merge" })).toEqual({
    good: 2,
    bad: 0,
    lines: nothing,
  });
});

test("people exported and read back unchanged are all good and plan nothing", async () => {
  let tenants = 0;
  await fc.assert(
    fc.asyncProperty(
      holdings,
      fc.boolean(),
      fc.constantFrom("merge", "full"),
      async (held, isNamed, mode) => {
        const { groups, people } = held;
        const within = people.map((person) => ({
          ...person,
          groups: person.groups.filter((n) => n < groups.length),
        }));
        const tenantId = await addTenant(`Acme ${++tenants}`, { groups, people: within });
        const file = await exportPeople(tenantId);
        expect(await planFile(file, { tenantId, isNamed, mode })).toEqual({
          good: people.length,
          bad: 0,
          lines: nothing,
        });
      },
    ),
    { numRuns: propertyRuns(12) },
  );
});
