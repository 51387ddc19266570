import { expect, test } from "vitest";
import { type ReceivedRequest, sendJson, startScriptedServer } from "@/lib/scim/scripted-server";
import { createKnowBe4Client } from "@/lib/knowbe4/client";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const kmsat = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";
const values = { userName: "ana@b.com", department: "IT", country: "NP", customField1: "x" };

/** A tenant that refuses the blocks in `refuse` and accepts the rest. */
async function startTenant(
  refuse: (request: ReceivedRequest) => { detail: string; scimType?: string } | null,
) {
  const server = await startScriptedServer((request, response) => {
    const refusal = refuse(request);
    sendJson(response, refusal ?? { id: "1", ...request.body }, refusal ? 400 : 201);
  });
  return { ...server, knowbe4: createKnowBe4Client(server.client) };
}

test("a tenant that refuses KnowBe4's own extension still gets the person, and the loss is reported", async () => {
  const { knowbe4, received, context, exchanges } = await startTenant(({ body }) =>
    body && kmsat in body ? { detail: `Schema ${kmsat} is not supported` } : null,
  );
  const { user, dropped } = await knowbe4.createUser(values, context);
  expect(dropped).toEqual(["customField1", "country"]);
  expect(user.attributes).toEqual({ userName: "ana@b.com", department: "IT" });
  expect(received[1]?.body).not.toHaveProperty([kmsat]);
  expect(exchanges.map(({ status }) => status)).toEqual([400, 201]);
});

test.each([
  ["one of them", [kmsat], ["customField1", "country"]],
  ["the other", [enterprise], ["customField1", "country", "department"]],
  ["both", [enterprise, kmsat], ["customField1", "country", "department"]],
])("a refusal that only speaks of schemas costs one extension at a time: %s", async (_, refused, lost) => {
  const { knowbe4, received } = await startTenant(({ body }) =>
    refused.some((urn) => body && urn in body) ? { detail: "Invalid schemas" } : null,
  );
  expect((await knowbe4.createUser(values)).dropped).toEqual(lost);
  expect(received.at(-1)?.body?.schemas).toHaveLength(lost.length === 3 ? 1 : 2);
});

test("a tenant that names one extension and then the other loses what it names, and nothing else", async () => {
  const { knowbe4 } = await startTenant(({ body }) => {
    const urn = [enterprise, kmsat].find((each) => body && each in body);
    return urn ? { detail: `Unknown ${urn}` } : null;
  });
  const { user, dropped } = await knowbe4.createUser(values);
  expect(dropped).toEqual(["department", "customField1", "country"]);
  expect(user.attributes).toEqual({ userName: "ana@b.com" });
});

test.each([
  ["is about something else", values, "userName is taken"],
  ["comes although no extension was sent", { userName: "ana@b.com" }, "Invalid schemas"],
])("a refusal that %s is not tried again", async (_, sent, detail) => {
  const { knowbe4, received } = await startTenant(() => ({ detail }));
  await expect(knowbe4.createUser(sent)).rejects.toMatchObject({ kind: "invalid", detail });
  expect(received).toHaveLength(1);
});

test("a tenant that refuses without any extension too gets no fourth request", async () => {
  const { knowbe4, received } = await startTenant(() => ({ detail: "Invalid schemas" }));
  await expect(knowbe4.createUser(values)).rejects.toMatchObject({ kind: "invalid" });
  expect(received).toHaveLength(3);
});

test("an update without changes sends nothing", async () => {
  const { knowbe4, received } = await startTenant(() => null);
  expect(await knowbe4.updateUser("1", {})).toBeNull();
  expect(received).toEqual([]);
});

test("a phone that is refused because its entry is missing is added with its entry, once", async () => {
  const { knowbe4, received } = await startTenant(({ body }) =>
    JSON.stringify(body).includes("type eq") ? { detail: "No target", scimType: "noTarget" } : null,
  );
  expect(await knowbe4.updateUser("1", { workPhone: "1", title: "CEO" })).toMatchObject({ resourceId: "1" });
  expect(received.map(({ body }) => (body?.Operations as unknown[])[1])).toEqual([
    { op: "add", path: 'phoneNumbers[type eq "work"].value', value: "1" },
    { op: "add", path: "phoneNumbers", value: [{ type: "work", value: "1" }] },
  ]);
});

test("noTarget about anything else is not tried again", async () => {
  const { knowbe4, received } = await startTenant(() => ({ detail: "No target", scimType: "noTarget" }));
  await expect(knowbe4.updateUser("1", { title: "CEO", workPhone: null })).rejects.toMatchObject({
    scimType: "noTarget",
  });
  expect(received).toHaveLength(1);
});

test("a write answered without a resource gives null", async () => {
  const { client } = await startScriptedServer((_, response) => response.writeHead(204).end());
  const knowbe4 = createKnowBe4Client(client);
  expect(await knowbe4.archiveUser("1")).toBeNull();
  expect(await knowbe4.restoreUser("1")).toBeNull();
  expect(await knowbe4.updateUser("1", { title: "CEO" })).toBeNull();
});
