import fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredIntent } from "@/lib/changes/model/stored-intent";
import { type AcceptedOperation, judgeConfirmation } from "@/lib/engine/confirm/judge-confirmation";
import { lookAt } from "@/lib/engine/confirm/look";
import type { ClaimedOperation } from "@/lib/engine/run/claimed-operation";
import { perform } from "@/lib/engine/send/perform";
import { createKnowBe4Client } from "@/lib/knowbe4/client";
import { sendJson, startScriptedServer, toListResponse } from "@/lib/scim/scripted-server";
import { propertyRuns } from "@/test/run-length";

/* The engine's sends and looks against a model of a tenant that spoils any of its answers. */
type Person = { id: string; userName: string; active: boolean; title?: string };
type Spoil = "none" | "swallow" | "swap" | "rename" | "twin" | "repeat" | "silence" | "hide";

// Swallowed writes and swapped answers are the pair that matters most, so they come more often.
const often = ["swallow", "swap", "silence"] as const;
const spoil = fc.constantFrom<Spoil>("none", ...often, ...often, "rename", "twin", "repeat", "hide");
const step = fc.record({
  person: fc.nat({ max: 2 }),
  kind: fc.constantFrom("archive", "restore", "update"),
  unsettled: fc.boolean(),
  spoils: fc.array(spoil, { minLength: 6, maxLength: 6 }),
});

test("no write is confirmed that the tenant does not hold, and none reaches another resource than its own", async () => {
  let people = new Map<string, Person>();
  let spoils: Spoil[] = [];
  let made = 0;
  const server = await startScriptedServer(({ method, url, body }, response) => {
    const how = spoils.shift() ?? "none";
    const id = /^\/Users\/([^?]+)/.exec(url)?.[1];
    const person = people.get(id ?? "");
    if (!id) return sendJson(response, toListResponse([...people.values()]));
    if (!person || how === "hide") return sendJson(response, {}, 404);
    const before = { ...person };
    if (method === "PATCH" && how !== "swallow") {
      for (const { path, value } of body?.Operations as { path: string; value: never }[])
        Object.assign(person, { [path]: value });
    }
    if (how === "rename") person.userName = `moved.${made++}.${person.userName}`;
    if (how === "twin" || how === "rename")
      people.set(`t${made}`, { ...before, active: !before.active, id: `t${made++}` });
    const { active, ...silent } = person;
    const other = [...people.values()].find((each) => each.id !== id);
    if (how === "swap" && other) return sendJson(response, { ...other, active: !active });
    if (how === "repeat") return sendJson(response, before);
    return sendJson(response, how === "silence" ? silent : person);
  });
  const client = createKnowBe4Client(server.client);
  const { signal } = new AbortController();
  const dependencies = { refusal: () => null, isUndone: () => false, resourceIdOf: () => null };
  let confirmed = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      people = new Map(
        ["a", "b", "c"].map((id) => [id, { id, userName: `${id}@acme.example`, active: true }]),
      );
      for (const [index, { person, kind, unsettled, spoils: planned }] of steps.entries()) {
        const resourceId = ["a", "b", "c"][person] ?? "a";
        const intent: StoredIntent =
          kind === "update"
            ? { kind, changes: { title: `Title ${index}` } }
            : { kind: kind as "archive" | "restore" };
        const operation = toOperation(resourceId, intent, unsettled);
        spoils = [...planned];
        const from = server.received.length;
        const { result } = await perform(client, operation, dependencies, { signal, random: () => 0 });
        const writes = server.received.slice(from).filter(({ method }) => method !== "GET");
        expect(writes.every(({ url }) => url === `/Users/${resourceId}`)).toBe(true);
        if (result.state !== "accepted") continue;
        expect(result.resourceId).toBe(resourceId);
        const shown = await lookAt(client, operation, signal);
        const judged = judgeConfirmation(operation, shown, new Map());
        if (!judged.isSeen) continue;
        confirmed += 1;
        const held = people.get(resourceId);
        if (intent.kind === "update") expect(held?.title).toBe(`Title ${index}`);
        else expect(held?.active).toBe(intent.kind === "restore");
      }
    }),
    { numRuns: propertyRuns(30) },
  );
  expect(confirmed).toBeGreaterThan(0);
});

function toOperation(
  resourceId: string,
  intent: StoredIntent,
  unsettled: boolean,
): ClaimedOperation & AcceptedOperation {
  const target = `${resourceId}@acme.example`;
  const ids = { id: "op", changeId: "change", tenantId: "tenant", resourceId, resourceKey: `user:${target}` };
  const progress = {
    attempt: 1,
    openMs: 0,
    unsettled,
    dependsOn: [],
    confirms: 0,
    acceptedAt: null,
    notTaken: [],
  };
  return { ...ids, ...progress, kind: intent.kind, target, label: target, intent };
}
