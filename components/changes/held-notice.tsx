"use client";

import { Fragment } from "react";
import type { Viewer } from "@/components/changes/viewer";
import type { ChangeView } from "@/components/changes/wire";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { countOf, listOf } from "@/components/words/count-words";
import { releaseHeldAction } from "@/lib/provisioning/actions";
import type { ActionResult } from "@/lib/web/action-result";

type HeldNoticeProps = { change: ChangeView; viewer: Viewer; refetch: () => Promise<unknown> };

/** What a rail holds, why, and who may let it go: anybody who may apply, but the one who asked. */
export function HeldNotice({ change, viewer, refetch }: HeldNoticeProps) {
  const count = change.counts.held;
  const runs = change.runs.filter(({ counts }) => counts.held > 0);
  const archives = countOf(count, "archive", "archives");
  // Letting go of a plan that was not applied yet applies it as a whole.
  const rest = change.state === "ready" ? change.counts.planned : 0;
  const isRequester = viewer.id === change.requestedById;

  async function release(previous: ActionResult<void> | null, form: FormData) {
    const result = await releaseHeldAction(previous, form);
    if (result.ok) await refetch();
    return result;
  }

  return (
    <Notice
      kind="held"
      title={`${archives} in ${listOf(runs.map(({ tenantName }) => tenantName))} ${count === 1 ? "is" : "are"} held`}
      action={
        viewer.canApply && !isRequester ? (
          <ConfirmDialog
            trigger={<Button>{`Let ${count} held ${count === 1 ? "archive" : "archives"} go`}</Button>}
            title={`Archive ${countOf(count, "account", "accounts")} in ${listOf(runs.map(({ tenantName }) => tenantName))}`}
            confirmLabel={
              rest > 0 ? `Apply ${countOf(count + rest, "operation", "operations")}` : `Let ${archives} go`
            }
            tone="danger"
            action={release}
            fields={{ changeId: change.id, planHash: change.planHash }}
            reason={{
              label: "Why is this right?",
              isRequired: true,
              description: "An auditor will read it beside your name.",
            }}
          >
            <p>
              {change.requestedBy} asked for this: “{change.reason}”. Each account loses its access to
              training now. The seats are freed, the history is kept, and a restore undoes it.
            </p>
            {rest > 0 ? (
              <p>
                The rest of the plan, {countOf(rest, "operation", "operations")}, was not applied yet and is
                applied with it.
              </p>
            ) : null}
          </ConfirmDialog>
        ) : null
      }
    >
      <p>
        With the archives of the last 24 hours it is more than the limit of{" "}
        {runs.map(({ tenantId, tenantName }, index) => (
          <Fragment key={tenantId}>
            {index > 0 ? ", " : null}
            <TextLink href={`/tenants/${tenantId}`}>{tenantName}</TextLink>
          </Fragment>
        ))}
        . {count === 1 ? "It is" : "They are"} not sent. {toNextStep(viewer, isRequester)}
      </p>
    </Notice>
  );
}

function toNextStep(viewer: Viewer, isRequester: boolean): string {
  if (isRequester) return "You asked for this change, so a colleague has to open this page and decide.";
  if (!viewer.canApply) return "An owner or a technician other than the one who asked can decide.";
  return "Read the lines, then let them go or leave them be.";
}
