import { Code } from "@/components/ui/code";
import { Notice } from "@/components/ui/notice";

/** `goneSeconds`: null where no worker was ever there. */
export type Absence = { goneSeconds: number | null; waiting: number };

/** Says that no worker is there, what waits for one, and how to start one. The growing time is not read out again. */
export function WorkerNotice({ absence }: { absence: Absence | null }) {
  return (
    <div aria-live="polite" aria-relevant="additions">
      {absence ? (
        <Notice kind="failed" title={toTitle(absence)} className="mx-4 mt-4 sm:mx-6">
          Nothing is sent and no directory is read until a worker is back; what waits is kept. Whoever runs
          Rollcall looks at the worker’s log and starts it with <Code>npm start</Code>, or one more with{" "}
          <Code>npm run worker</Code>.
        </Notice>
      ) : null}
    </div>
  );
}

/** "No worker for 75 s; 12 operations wait" */
function toTitle({ goneSeconds, waiting }: Absence): string {
  const since = goneSeconds === null ? "No worker yet" : `No worker for ${toSpan(goneSeconds)}`;
  if (waiting === 0) return `${since}; no operation waits`;
  return `${since}; ${waiting === 1 ? "1 operation waits" : `${waiting.toLocaleString("en")} operations wait`}`;
}

function toSpan(seconds: number): string {
  if (seconds < 120) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h`;
}
