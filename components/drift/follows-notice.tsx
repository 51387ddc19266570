"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RefusalNotice } from "@/components/ui/refusal-notice";
import { useAction } from "@/components/ui/use-action";
import { savePolicyAction } from "@/lib/roster/actions";
import type { Grouping } from "@/lib/roster/policy/policy";

type FollowsNoticeProps = {
  tenantId: string;
  grouping: Grouping;
  /** Of the policy that the page was made from. */
  version: number;
  mayManage: boolean;
};

/** Says that nobody is asked about memberships here, and lets it be changed back. */
export function FollowsNotice({ tenantId, grouping, version, mayManage }: FollowsNoticeProps) {
  const save = useAction(savePolicyAction);
  return (
    <>
      <RefusalNotice refusal={save.refusal} />
      <Notice kind="info" title="Memberships are always accepted here">
        <p>
          Whom the console puts into a group or takes out of it, the roster follows, and nobody is asked.
          Groups that come, go or are renamed stand here all the same.
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
