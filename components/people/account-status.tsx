import { Status } from "@/components/ui/status";

/** Archived is no trouble: the seat is free and the history is there. */
export function AccountStatus({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <Status kind="confirmed">Active</Status>
  ) : (
    <Status kind="neutral" icon="archive">
      Archived
    </Status>
  );
}
