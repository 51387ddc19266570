// Loaded before a child's own program. A parent that is killed cannot stop its children; the system gives them
// another parent then, and that is how they notice.
const INTERVAL_MS = 500;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, INTERVAL_MS).unref();
