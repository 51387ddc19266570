"use client";

import { RefusalNotice } from "@/components/roster/refusal-notice";
import { useDeed } from "@/components/roster/use-deed";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
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
  const deed = useDeed(savePolicyAction);
  return (
    <>
      <RefusalNotice refusal={deed.refusal} />
      <Notice kind="info" title="Memberships are always accepted here">
        <p>
          Whom the console puts into a group or takes out of it, the roster follows, and nobody is asked.
          Groups that come, go or are renamed stand here all the same.
        </p>
        {mayManage ? (
          <Button
            size="small"
            className="mt-2"
            isPending={deed.isPending}
            onPress={() => deed.run({ tenantId, version, grouping: { ...grouping, elsewhere: "ask" } })}
          >
            Ask about memberships again
          </Button>
        ) : null}
      </Notice>
    </>
  );
}
