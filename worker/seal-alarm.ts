import type { Scope } from "@/lib/auth/scope";
import { SealRefusedError } from "@/lib/audit/log/seal-refused-error";
import { transaction } from "@/lib/db/transaction";
import { resolveIssues, openIssue } from "@/lib/issues/open-issue";
import { log } from "@/lib/log";

const issue = { tenantId: null, code: "audit-not-sealed" } as const;

export type SealAlarm = {
  /** A round sealed, or found nothing to seal. */
  quiet(): Promise<void>;
  /** A round failed. Only a refusal is an alarm: a database or a disk that is away comes back. */
  raise(error: unknown): Promise<void>;
};

/** Tells people when the log is not sealed any more, and when it is again. Never throws: the next round tells it. */
export function createSealAlarm(scope: Scope): SealAlarm {
  // A process that just began does not know whether another one left an issue open.
  let isQuiet = false;

  async function tell(reason: string | null): Promise<void> {
    try {
      await transaction(scope, async (tx) => {
        if (reason === null) await resolveIssues(tx, scope, issue);
        else await openIssue(tx, scope, { ...issue, detail: reason });
      });
      isQuiet = reason === null;
    } catch (err) {
      log.error({ process: "sealer", err }, "the alarm about the audit log could not be told");
    }
  }

  return {
    async quiet() {
      if (!isQuiet) await tell(null);
    },
    // In every round: an issue that somebody resolved by hand opens again while its cause is there.
    async raise(error) {
      if (error instanceof SealRefusedError) await tell(error.message);
    },
  };
}
