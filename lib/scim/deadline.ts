/** The caller's signal and a time limit as one signal that knows which of the two ended it. */
export type Deadline = {
  signal: AbortSignal;
  /** Who ended it: the caller, the clock, or nobody so far. */
  endedBy: () => "caller" | "clock" | null;
  /** Lets go of the timer and of the caller's signal, which may outlive thousands of exchanges. Call it always. */
  stop: () => void;
};

export function startDeadline(timeoutMs: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, timeoutMs);
  caller?.addEventListener("abort", end);
  return {
    signal: controller.signal,
    endedBy: () => (caller?.aborted ? "caller" : controller.signal.aborted ? "clock" : null),
    stop() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", end);
    },
  };
}
