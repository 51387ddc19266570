import { ModeDialog } from "@/components/tenants/mode-dialog";
import { toModeFacts } from "@/components/tenants/mode-facts";
import type { ButtonSize } from "@/components/ui/button-styles";
import { loadAbsences } from "@/lib/tenants/loaders";
import type { TenantDetail } from "@/lib/tenants/types";

type ModeChooserProps = { tenant: TenantDetail; label: string; size?: ButtonSize };

/** The mode dialog, with the number of absences that the cut-over gate asks an owner to acknowledge. */
export async function ModeChooser({ tenant, label, size }: ModeChooserProps) {
  const absences = await loadAbsences(tenant.id);
  return <ModeDialog tenant={toModeFacts(tenant, absences)} label={label} size={size} />;
}
