import type { LucideIcon } from "lucide-react";
import type { StatusKind } from "@/components/ui/status-kinds";

/** A state as a person reads it: its colour, its shape where it is not the kind's own, and always its word. */
export type Word = { kind: StatusKind; word: string; Icon?: LucideIcon };
