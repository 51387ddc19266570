import { mayMoveRails } from "@/components/rails/may-move-rails";
import { toSeatsTaken, toSeatsWords } from "@/components/rails/rails-words";
import { SeatsDialog } from "@/components/rails/tab-dialogs";
import { ReadAge } from "@/components/tenants/read-age";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import type { Role } from "@/lib/auth/roles";
import type { TenantDetail } from "@/lib/tenants/types";

/** Active people and licensed seats. SCIM does not report seats, so an owner records them. */
export function SeatsCard({ tenant, role }: { tenant: TenantDetail; role: Role }) {
  const { id, name, active, seats } = tenant;
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
          ? "Once seats are recorded, people beyond them wait for another operator's approval."
          : "People beyond the seats wait for another operator's approval."}
      </p>
      <ReadAge what="Active people" tenant={tenant} />
    </Card>
  );
}
