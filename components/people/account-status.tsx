import { Status } from "@/components/ui/status";

/** Archived is not a problem: the seat is free and the history is kept. */
export function AccountStatus({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <Status kind="confirmed">Active</Status>
  ) : (
    <Status kind="neutral" icon="archive">
      Archived
    </Status>
  );
}
