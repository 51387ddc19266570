/** The caller's signal and a time limit combined into one signal, which knows which of the two fired. */
export type Deadline = {
  signal: AbortSignal;
  /** What ended it: the caller, the clock, or nothing yet. */
  endedBy: () => "caller" | "clock" | null;
  /** Releases the timer and the caller's signal, which may outlive thousands of exchanges. Call it always. */
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
