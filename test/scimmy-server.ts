import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

/**
 * A SCIM server by another author (scimmy with scimmy-routers on Express), with an in-memory store, the enterprise
 * schema and KnowBe4's extension. It tests our client's reading of the RFCs against an independent one. Its
 * declarations are global to the process: start one at a time.
 */
export async function startScimmyServer(): Promise<{
  baseUrl: string;
  token: string;
  close: () => Promise<void>;
}> {
  const token = randomUUID();
  declareResources();
  const app = express();
  app.disable("x-powered-by");
  app.use(
    "/scim/v2",
    new SCIMMYRouters({
      type: "bearer",
      handler: (request: express.Request) => {
        if (request.header("authorization") !== `Bearer ${token}`) throw new Error("Unknown token");
        return "provisioner";
      },
    }),
  );
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Stored = Record<string, unknown> & { id: string };

const urn = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

class KnowBe4Extension extends SCIMMY.Types.Schema {
  static override get id() {
    return urn;
  }

  static override get definition() {
    return KnowBe4Extension.#definition;
  }

  static readonly #definition = new SCIMMY.Types.SchemaDefinition("KnowBe4User", urn, "KnowBe4 user", [
    ...["customField1", "phishingLanguage", "companyName"].map(
      (name) => new SCIMMY.Types.Attribute("string", name),
    ),
    ...["customDate1", "outOfOfficeEnd"].map((name) => new SCIMMY.Types.Attribute("dateTime", name)),
  ]);
}

/** Again at each start: the handlers of the last store are replaced, the declarations stay. */
function declareResources(): void {
  const { User, Group } = SCIMMY.Resources;
  if (!SCIMMY.Resources.declared(User)) {
    SCIMMY.Resources.declare(User, { extensions: [] }).declare(Group, {});
    User.extend(SCIMMY.Schemas.EnterpriseUser, false);
    User.extend(KnowBe4Extension, false);
  }
  const users = createStore("userName");
  const groups = createStore("displayName");
  User.ingress(users.write as never).egress(users.read as never);
  Group.ingress(groups.write as never).egress(groups.read as never);
}

type Handled = { id?: string; filter?: { match: (values: Stored[]) => Stored[] } };

/** An in-memory store in which `uniqueName` is unique regardless of case, for the handlers that scimmy calls. */
function createStore(uniqueName: "userName" | "displayName") {
  const store = new Map<string, Stored>();
  const keyOf = (stored: Record<string, unknown>) => String(stored[uniqueName]).toLowerCase();

  function getStored(id: string): Stored {
    const stored = store.get(id);
    if (!stored) throw new SCIMMY.Types.Error(404, "", "No such resource");
    return stored;
  }

  return {
    write(resource: Handled, data: object) {
      const id = resource.id ? getStored(resource.id).id : randomUUID();
      const plain = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
      const isTaken = [...store.values()].some(
        (stored) => stored.id !== id && keyOf(stored) === keyOf(plain),
      );
      if (isTaken) throw new SCIMMY.Types.Error(409, "uniqueness", `${uniqueName} is taken`);
      store.set(id, { ...plain, id });
      return getStored(id);
    },
    read({ id, filter }: Handled) {
      if (id) return getStored(id);
      const all = [...store.values()];
      return filter ? filter.match(all) : all;
    },
  };
}
