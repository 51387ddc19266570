import { subscribe } from "node:diagnostics_channel";
import pg from "pg";

/* The points at which a worker may die. Loaded into a worker with --import, this kills the process with -9 at the point
   that DIE_AT names. It observes statements and requests from outside, so the product needs no code for it. */
type Statement = {
  /** A part of the statement's text. */
  text: RegExp;
  /** `committed`: after the transaction that held it has ended. */
  when: "before" | "after" | "committed";
};

const takes = /UPDATE run SET state = 'running'/;
const claims = /SET state = 'sent', attempt = o\.attempt \+ 1/;
const records = /accepted_at = CASE WHEN r\.state = 'accepted'/;
const ends = /finished_at = now\(\), lease_until = NULL/;

const statements: Record<string, Statement> = {
  "before a run is taken": { text: takes, when: "before" },
  "a run is taken, and not committed": { text: takes, when: "after" },
  "a run is taken": { text: takes, when: "committed" },
  "before a claim": { text: claims, when: "before" },
  "claimed, and not committed": { text: claims, when: "after" },
  "claimed, and nothing sent": { text: claims, when: "committed" },
  "before results are recorded": { text: records, when: "before" },
  "results are written, and not committed": { text: records, when: "after" },
  "results are recorded": { text: records, when: "committed" },
  "in a heartbeat": { text: /UPDATE run SET lease_until/, when: "before" },
  "before a run ends": { text: ends, when: "before" },
  "a run has ended": { text: ends, when: "committed" },
};

/** Diagnostics channels of undici (its docs, "Diagnostics Channel Support"), for requests that write. */
const exchanges: Record<string, string> = {
  "a request is made, and not sent": "undici:request:create",
  "headers are sent": "undici:client:sendHeaders",
  "a body is sent": "undici:request:bodySent",
  "an answer has begun": "undici:request:headers",
  "an answer is whole, and not recorded": "undici:request:trailers",
};

export const crashPoints = [...Object.keys(statements), ...Object.keys(exchanges)];

const label = process.env.DIE_AT;
if (label !== undefined) watchFor(label);

function watchFor(point: string): void {
  const statement = statements[point];
  const channel = exchanges[point];
  if (statement) watchStatements(statement);
  else if (channel) watchExchanges(channel);
  else throw new Error(`There is no crash point ${point}`);
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function watchExchanges(channel: string): void {
  subscribe(channel, (message) => {
    const { request } = message as { request: { method: string } };
    if (request.method !== "GET") die();
  });
}

function watchStatements({ text, when }: Statement): void {
  /** Connections whose open transaction contains the statement. */
  const inside = new WeakSet<object>();
  const query: unknown = Reflect.get(pg.Client.prototype, "query");
  if (typeof query !== "function") throw new Error("pg has no query to watch");
  Reflect.set(pg.Client.prototype, "query", function (this: pg.Client, ...given: unknown[]): unknown {
    const asked = textOf(given[0]);
    const isIt = text.test(asked);
    if (isIt && when === "before") die();
    const answer: unknown = Reflect.apply(query, this, given);
    if (!(answer instanceof Promise)) return answer;
    return answer.then((result: unknown) => {
      if (isIt && when === "after") die();
      if (isIt && when === "committed") inside.add(this);
      if (asked === "COMMIT" && inside.delete(this)) die();
      return result;
    });
  });
}

function textOf(config: unknown): string {
  if (typeof config === "string") return config;
  return typeof config === "object" && config !== null && "text" in config ? String(config.text) : "";
}
