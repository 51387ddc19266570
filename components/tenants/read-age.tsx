import { Time } from "@/components/ui/time";
import type { TenantSummary } from "@/lib/tenants/types";

type ReadAgeProps = {
  /** What is counted or listed, as the subject of the sentence. */
  what: string;
  tenant: Pick<TenantSummary, "readAt" | "lastConfirmedAt">;
};

/** The age of what is shown of a tenant: its last full read, and later writes that KnowBe4 showed as done. */
export function ReadAge({ what, tenant: { readAt, lastConfirmedAt } }: ReadAgeProps) {
  if (!readAt) return null;
  return (
    <p className="text-12 text-ink-3">
      {what} as of the full read <Time at={readAt} />
      {lastConfirmedAt && lastConfirmedAt > readAt ? (
        <>
          {" "}
          and the writes confirmed since, the last <Time at={lastConfirmedAt} />
        </>
      ) : null}
      .
    </p>
  );
}
