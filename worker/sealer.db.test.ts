import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rename, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { programArguments, type Program } from "@/test/program-arguments";
import { createLogUnderTest, type LogUnderTest, rows } from "@/test/audit-log";

let log: LogUnderTest;
const children: ChildProcess[] = [];
beforeEach(async () => {
  log = await createLogUnderTest();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await log.end();
});

const paused = { action: "tenant.paused", target: "Contoso" } as const;

test("the sealer seals new events, survives the loss of its connections, and stops on request", async () => {
  const sealer = run("worker/sealer");
  await log.append(paused);
  await until(async () => (await sealed()) === 1);
  await whileUnreachable(async () => {
    await until(async () => sealer.output.includes("sealing failed"));
  });
  await log.append(paused);
  await until(async () => (await sealed()) === 2);
  sealer.child.kill("SIGTERM");
  expect(await sealer.exit).toBe(0);
  expect((await log.verify()).verdict).toMatchObject({
    ok: true,
    tally: { links: 2, anchors: 2, waiting: 0 },
  });
});

test("audit:verify reports a whole log, as the web process, the sealer and the owner", async () => {
  await log.append(paused, paused);
  await log.seal();
  await log.append(paused);
  for (const url of [log.webUrl, log.sealerUrl, log.ownerUrl]) {
    const verify = run("scripts/audit-verify", url);
    expect(await verify.exit, verify.output).toBe(0);
    expect(verify.output).toMatch(
      /^3 events, 2 links, 1 seal: the log is whole, sealed up to event 2 at \S+; 1 event waits for its seal\.\n1 anchor agrees, in .*\.\n$/,
    );
  }
});

test("audit:verify names the first broken item and fails", async () => {
  await log.append(paused, paused);
  await log.seal();
  await log.attack("UPDATE event SET body = replace(body, 'Contoso', 'Fabrikam') WHERE id = 2");
  const verify = run("scripts/audit-verify", log.webUrl);
  expect(await verify.exit).toBe(1);
  expect(verify.output).toMatch(/First broken item: Event 2 \(tenant\.paused, \S+\): its body/);
});

test("audit:verify fails without the anchors, and begins them anew on request, which is in the log", async () => {
  await log.append(paused);
  await log.seal();
  await log.append(paused);
  await log.seal();
  await rm(log.sealing.anchorFile);
  const without = run("scripts/audit-verify", log.webUrl);
  expect(await without.exit).toBe(1);
  expect(without.output).toContain("Anchor of seal 1: it is missing");
  const begun = run("scripts/audit-verify", log.webUrl, {}, ["--begin-anchors"]);
  expect(await begun.exit, begun.output).toBe(0);
  const again = run("scripts/audit-verify", log.webUrl, {}, ["--begin-anchors"]);
  expect(await again.exit).toBe(1);
  expect(again.output).toContain("nothing was written");
  const verify = run("scripts/audit-verify", log.webUrl);
  expect(await verify.exit, verify.output).toBe(0);
  expect(verify.output).toContain("1 event waits for its seal.\n2 anchors agree");
  expect(await log.seal()).toBe(1);
});

test("the sealer opens an issue when the anchors are gone, and closes it when they are back", async () => {
  await log.append(paused);
  await log.seal();
  const kept = `${log.sealing.anchorFile}.kept`;
  await rename(log.sealing.anchorFile, kept);
  const issues = () => rows(log.ownerUrl, "SELECT code, state, tenant_id, detail FROM issue");
  run("worker/sealer");
  await until(async () => (await issues()).length > 0);
  expect(await issues()).toEqual([
    {
      code: "audit-not-sealed",
      state: "open",
      tenant_id: null,
      detail: expect.stringMatching(/anchors .* are missing/),
    },
  ]);
  await rename(kept, log.sealing.anchorFile);
  await until(async () => (await issues())[0]?.state === "resolved");
});

function run(
  program: Program,
  url = log.sealerUrl,
  environment: Record<string, string> = {},
  args: string[] = [],
) {
  const child = spawn(process.execPath, [...programArguments(program), ...args], {
    env: {
      PATH: "",
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: url,
      KEYS_DIR: log.keysDir,
      AUDIT_ANCHOR_FILE: log.sealing.anchorFile,
      ...environment,
      NODE_ENV: "test",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const started = { child, output: "", exit: once(child, "exit").then(([code]) => code) };
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      started.output += chunk.toString();
    });
  return started;
}

async function sealed(): Promise<number> {
  return (await rows(log.ownerUrl, "SELECT FROM event_link")).length;
}

/** Looks like a restart to the sealer: its connections are cut, and no new one is accepted for a while. */
async function whileUnreachable(work: () => Promise<void>): Promise<void> {
  const [owner, self] = [log.ownerUrl, log.sealerUrl].map(
    (connectionString) => new pg.Client({ connectionString }),
  );
  if (!owner || !self) return;
  await Promise.all([owner.connect(), self.connect()]);
  try {
    await owner.query(`ALTER DATABASE ${log.name} CONNECTION LIMIT 0`);
    await self.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()`);
    await work();
    await owner.query(`ALTER DATABASE ${log.name} CONNECTION LIMIT -1`);
  } finally {
    await Promise.all([owner.end(), self.end()]);
  }
}

/** Waits for a state of the database or the process; the test's own time limit is the limit. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(50);
}
