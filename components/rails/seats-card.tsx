import { mayMoveRails } from "@/components/rails/may-move-rails";
import { toSeatsTaken, toSeatsWords } from "@/components/rails/rails-words";
import { SeatsDialog } from "@/components/rails/tab-dialogs";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { Time } from "@/components/ui/time";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** Active people against what the licence allows. SCIM does not tell the seats, so an owner writes them down. */
export function SeatsCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id, name, active, seats, readAt } = tenant;
  const taken = toSeatsTaken(active, seats);
  const isOver = active !== null && seats !== null && active > seats;
  return (
    <Card
      title="Seats"
      aside={mayMoveRails(tenant, role) ? <SeatsDialog tenant={{ id, name, seats }} /> : null}
    >
      {taken === null ? null : (
        <div aria-hidden className="mb-2 h-2 overflow-hidden rounded-full bg-sunken">
          <div className={cx("h-full", isOver ? "bg-held" : "bg-accent")} style={{ width: `${taken}%` }} />
        </div>
      )}
      <p className="text-ink-2">{toSeatsWords(active, seats)}</p>
      <p className="mt-3 text-12 text-ink-3">
        {seats === null
          ? "Written down, a plan that needs more seats than there are waits for another operator."
          : "A plan that needs more seats than there are waits for another operator."}
        {readAt ? (
          <>
            {" "}
            Active people as of <Time at={readAt} />.
          </>
        ) : null}
      </p>
    </Card>
  );
}
