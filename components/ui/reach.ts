/** Whether Rollcall answers, as every request of the page finds it. One lost answer is no loss of connection. */
type Reach = { failures: number; since: Date | null };

const reported = 2;

let reach: Reach = { failures: 0, since: null };
const listeners = new Set<() => void>();

export function reportReached(): void {
  if (reach.failures > 0) set({ failures: 0, since: null });
}

export function reportLost(now = new Date()): void {
  set({ failures: reach.failures + 1, since: reach.since ?? now });
}

/** Since when Rollcall has not answered; null while it answers. */
export function lostSince(): Date | null {
  return reach.failures >= reported ? reach.since : null;
}

export function subscribeToReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: Reach): void {
  reach = next;
  for (const listener of listeners) listener();
}
