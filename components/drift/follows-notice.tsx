"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RefusalNotice } from "@/components/ui/actions/refusal-notice";
import { useAction } from "@/components/ui/actions/use-action";
import { savePolicyAction } from "@/lib/roster/actions";
import type { Grouping } from "@/lib/roster/policy/policy";

type FollowsNoticeProps = {
  tenantId: string;
  grouping: Grouping;
  /** Version of the policy that the page shows. */
  version: number;
  mayManage: boolean;
};

/** Says that memberships are accepted without a decision here, and offers to change that back. */
export function FollowsNotice({ tenantId, grouping, version, mayManage }: FollowsNoticeProps) {
  const save = useAction(savePolicyAction);
  return (
    <>
      <RefusalNotice refusal={save.refusal} />
      <Notice kind="info" title="Memberships are always accepted here">
        <p>
          The roster follows memberships changed in the console, without a decision. New, deleted and renamed
          groups still appear here.
        </p>
        {mayManage ? (
          <Button
            size="small"
            className="mt-2"
            isPending={save.isPending}
            onPress={() => void save.run({ tenantId, version, grouping: { ...grouping, elsewhere: "ask" } })}
          >
            Ask about memberships again
          </Button>
        ) : null}
      </Notice>
    </>
  );
}
