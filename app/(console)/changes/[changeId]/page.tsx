import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ChangeScreen } from "@/components/changes/change-screen";
import { toWire } from "@/components/changes/model/wire";
import { AutoRefresh } from "@/components/tenants/auto-refresh";
import { QueryProvider } from "@/components/ui/query-provider";
import { can } from "@/lib/auth/permissions";
import { AppError } from "@/lib/errors";
import { loadCurrentOperator } from "@/lib/operators/loaders";
import { loadChange, loadChangeId } from "@/lib/changes/loaders";
import { formatChangeNumber } from "@/lib/change-number";
import { loadTenantOptions } from "@/lib/tenants/loaders";
import { parseId } from "@/lib/web/parse-id";

type Params = Promise<{ changeId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { number, title } = await getChange((await params).changeId);
  return { title: `${formatChangeNumber(number)} ${title}` };
}

export default async function ChangePage({ params }: { params: Params }) {
  const named = await loadChangeId((await params).changeId);
  if (named !== null) redirect(`/changes/${named}`);
  const [change, operator] = await Promise.all([getChange((await params).changeId), loadCurrentOperator()]);
  const ids = change.runs.map(({ tenantId }) => tenantId);
  const { tenants } = await loadTenantOptions({ ids, withDisconnected: true, limit: ids.length });
  return (
    <>
      {change.standing === "applying" || change.standing === "waiting" ? (
        <AutoRefresh everyMs={30_000} />
      ) : null}
      <QueryProvider>
        <ChangeScreen
          key={change.id}
          initial={toWire(change)}
          viewer={{ id: operator.id, canApply: can(operator.role, "change.apply") }}
          notes={Object.fromEntries(tenants.map(({ id, state, testMode }) => [id, { state, testMode }]))}
        />
      </QueryProvider>
    </>
  );
}

/** By id, or by the name that tickets and people use: CHG-1042. A missing change and one the operator may not see give the same page: not found. */
async function getChange(changeId: string) {
  try {
    return await loadChange((await loadChangeId(changeId)) ?? parseId(changeId, "change"));
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
