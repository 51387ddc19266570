import { ArrowUpRight, Check, CircleDashed, Hand, Inbox, type LucideIcon, X } from "lucide-react";

/** The ladder's four rungs, what needs a person, and everything else. */
export type StatusKind = "queued" | "sent" | "accepted" | "confirmed" | "held" | "failed" | "neutral";

/** Each kind's shape and colours; words are the caller's. `bar` is the solid fill of a share of the ladder. */
export const statusKinds: Record<StatusKind, { Icon: LucideIcon; text: string; wash: string; bar: string }> =
  {
    queued: { Icon: CircleDashed, text: "text-queued", wash: "bg-queued-wash", bar: "bg-sunken" },
    sent: { Icon: ArrowUpRight, text: "text-sent", wash: "bg-sent-wash", bar: "bg-sent" },
    accepted: { Icon: Inbox, text: "text-accepted", wash: "bg-accepted-wash", bar: "bg-accepted" },
    confirmed: { Icon: Check, text: "text-confirmed", wash: "bg-confirmed-wash", bar: "bg-confirmed" },
    held: { Icon: Hand, text: "text-held", wash: "bg-held-wash", bar: "bg-held" },
    failed: { Icon: X, text: "text-failed", wash: "bg-failed-wash", bar: "bg-failed" },
    neutral: { Icon: CircleDashed, text: "text-ink-3", wash: "bg-sunken", bar: "bg-edge" },
  };
