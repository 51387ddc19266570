import type { CheckItem } from "@/components/ui/fields/check-list";
import type { TenantSummary } from "@/lib/tenants/types";

type Facts = {
  tenants: readonly TenantSummary[];
  /** Number of owners who can sign in; null if the viewer may not know. */
  owners: number | null;
};

/** The steps of a safe setup. Each is computed from the data and never ticked by hand. */
export function toGettingStarted({ tenants: all, owners }: Facts): CheckItem[] {
  const tenants = all.filter(({ state }) => state !== "disconnected");
  const [first] = tenants;
  const unread = tenants.find(({ readAt }) => readAt === null);
  const steps = [
    { label: "Connect a tenant", isDone: tenants.length > 0, href: "/tenants/new" },
    {
      label: "Read its directory",
      isDone: tenants.some(({ readAt }) => readAt !== null),
      href: unread ? `/tenants/${unread.id}` : "/tenants",
    },
    {
      label: "Pass the cut-over gate",
      isDone: tenants.some(({ mode }) => mode !== "observe"),
      href: first ? `/tenants/${first.id}?tab=rails#cut-over` : "/tenants",
    },
    {
      label: "Confirm a first change",
      isDone: tenants.some(({ lastConfirmedAt }) => lastConfirmedAt !== null),
      href: "/changes",
    },
    ...(owners === null ? [] : [{ label: "Add a second owner", isDone: owners > 1, href: "/operators" }]),
  ];
  const current = steps.findIndex(({ isDone }) => !isDone);
  return steps.map(({ label, isDone, href }, index) => ({
    label,
    state: isDone ? "done" : index === current ? "current" : "todo",
    href: isDone ? undefined : href,
  }));
}
