import fs from "node:fs";

const INTERVAL_MS = 500;

/**
 * Calls `stop` when npm has ended. On SIGTERM, npm ends the shell between it and us, and a shell such as Debian's
 * passes no signal on: without this, `kill` of `npm run demo` would leave everything running. Only under npm: a start
 * from a terminal with nohup is meant to outlive it.
 * @returns a function that ends the watch
 */
export function onOrphaned(stop: () => void, env: NodeJS.ProcessEnv = process.env): () => void {
  if (!env.npm_lifecycle_event) return () => undefined;
  const family = ancestors();
  const timer = setInterval(() => {
    if (ancestors() !== family) stop();
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Our parent, which may be tsx, and its parent, which is npm or npm's shell. */
function ancestors(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

/** The fourth field of Linux's proc(5) stat; other systems' shells become the program they run, so need no look. */
function parentOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "";
  } catch {
    return "";
  }
}
