/** The ladder's four rungs, states that need a person, and all others. */
export type StatusKind = "queued" | "sent" | "accepted" | "confirmed" | "held" | "failed" | "neutral";

/** The icons in status-icons.css, by Lucide's names. */
export const iconNames = [
  "archive",
  "arrow-up-right",
  "ban",
  "calendar-clock",
  "check",
  "circle-dashed",
  "circle-question-mark",
  "circle-slash",
  "file-check",
  "file-search",
  "file-x",
  "hand",
  "hourglass",
  "inbox",
  "loader-circle",
  "pause",
  "refresh-cw",
  "shield-check",
  "timer-off",
  "unplug",
  "x",
] as const;
export type IconName = (typeof iconNames)[number];

/** The icon and colours of each kind; the caller provides the word. `bar` is the solid fill in a ladder bar. */
export const statusKinds: Record<StatusKind, { icon: IconName; text: string; wash: string; bar: string }> = {
  queued: { icon: "circle-dashed", text: "text-queued", wash: "bg-queued-wash", bar: "bg-sunken" },
  sent: { icon: "arrow-up-right", text: "text-sent", wash: "bg-sent-wash", bar: "bg-sent" },
  accepted: { icon: "inbox", text: "text-accepted", wash: "bg-accepted-wash", bar: "bg-accepted" },
  confirmed: { icon: "check", text: "text-confirmed", wash: "bg-confirmed-wash", bar: "bg-confirmed" },
  held: { icon: "hand", text: "text-held", wash: "bg-held-wash", bar: "bg-held" },
  failed: { icon: "x", text: "text-failed", wash: "bg-failed-wash", bar: "bg-failed" },
  neutral: { icon: "circle-dashed", text: "text-ink-3", wash: "bg-sunken", bar: "bg-edge" },
};
