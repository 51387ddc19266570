import type { IconName, StatusKind } from "@/components/ui/status-kinds";

/** A state as shown: colour, icon if it differs from the kind's, and always a word. */
export type Word = { kind: StatusKind; word: string; icon?: IconName };
