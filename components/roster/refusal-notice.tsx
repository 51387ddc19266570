import { Notice } from "@/components/ui/notice";
import type { ActionRefused } from "@/lib/web/action-result";

/** What was refused, with every message about a part of it: these forms have no field for each part of a rule. */
export function RefusalNotice({ refusal }: { refusal: ActionRefused | null }) {
  if (!refusal) return null;
  const messages = [...new Set(Object.values(refusal.fields))].filter((each) => each !== refusal.message);
  return (
    <Notice kind="failed" title={refusal.message} isAlert>
      {messages.length > 0 ? (
        <ul className="list-disc pl-4">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
