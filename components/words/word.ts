import type { IconName, StatusKind } from "@/components/ui/status-kinds";

/** A state as a person reads it: its colour, its shape where it is not the kind's own, and always its word. */
export type Word = { kind: StatusKind; word: string; icon?: IconName };
