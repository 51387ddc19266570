import { RefreshCw } from "lucide-react";
import { ScheduleForm } from "@/components/tenants/sync/sync-interval-form";
import { toSyncWord } from "@/components/tenants/sync/sync-words";
import { ActionButton } from "@/components/ui/actions/action-button";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { DisabledButton } from "@/components/ui/disabled-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { toDisabledWords } from "@/components/words/refusal-words";
import { WordStatus } from "@/components/words/word-status";
import { requestSyncAction } from "@/lib/tenants/actions";
import type { Schedule } from "@/lib/tenants/sync-settings";
import { tenantCan } from "@/lib/tenants/tenant-can";
import type { TenantDetail } from "@/lib/tenants/types";

type SyncCardProps = { tenant: TenantDetail; schedule: Schedule; mayManage: boolean };

/** The next sync, the last one, and the interval. */
export function SyncCard({ tenant, schedule, mayManage }: SyncCardProps) {
  const whyNot = toDisabledWords(tenantCan.sync.whyNot(tenant));
  return (
    <Card
      title="Sync"
      note="reads the whole directory and confirms accepted operations"
      aside={
        !mayManage ? null : whyNot ? (
          <DisabledButton why={whyNot} icon={<RefreshCw aria-hidden />} size="small">
            Sync now
          </DisabledButton>
        ) : (
          <ActionButton
            action={requestSyncAction}
            input={{ tenantId: tenant.id }}
            label="Sync now"
            icon={<RefreshCw aria-hidden />}
            size="small"
            isUnderWay={schedule.isDue}
            describedBy="sync-next"
          />
        )
      }
    >
      <DefinitionList
        layout="rows"
        items={[
          {
            term: "Next sync",
            detail: <span id="sync-next">{whyNot ?? <NextSync schedule={schedule} />}</span>,
          },
          { term: "Last sync", detail: <LastSync last={schedule.last} /> },
        ]}
      />
      {mayManage ? (
        <div className="mt-4 border-t border-line pt-4">
          <ScheduleForm tenantId={tenant.id} everyMinutes={schedule.everyMinutes} />
        </div>
      ) : null}
    </Card>
  );
}

function NextSync({ schedule: { isDue, nextAt, everyMinutes } }: { schedule: Schedule }) {
  if (isDue) return <>running or about to start</>;
  if (!nextAt) return <>by hand only</>;
  return (
    <>
      <Time at={nextAt} />, then every {everyMinutes} minutes
    </>
  );
}

function LastSync({ last }: { last: Schedule["last"] }) {
  if (!last) return <>none so far</>;
  const { text, ...word } = toSyncWord(last.result);
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <WordStatus word={word} />
      <Time at={last.at} />
      <span className="text-ink-2">{text}</span>
      {last.changeId ? <TextLink href={`/changes/${last.changeId}`}>Open the change</TextLink> : null}
    </span>
  );
}
