import { Archive, Check } from "lucide-react";
import { Status } from "@/components/ui/status";

/** Archived is no trouble: the seat is free and the history is there. */
export function AccountStatus({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <Status kind="confirmed" icon={<Check aria-hidden />}>
      Active
    </Status>
  ) : (
    <Status kind="neutral" icon={<Archive aria-hidden />}>
      Archived
    </Status>
  );
}
