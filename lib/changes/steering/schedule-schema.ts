import { z } from "zod";
import { endOfLastDay } from "@/lib/changes/steering/schedule-time";

const changeId = z.uuid();
const planHash = z.string().regex(/^[0-9a-f]{64}$/);
const localDateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);

/** The most days of grace after a last day: what other directories allow before they remove a person. */
const graceDaysMax = 30;

/** A local time, or the end of somebody's last day plus days of grace. */
const when = z.union(
  [
    z.strictObject({ localDateTime }),
    z
      .strictObject({ lastDay: z.iso.date(), graceDays: z.coerce.number().int().min(0).max(graceDaysMax) })
      .transform(({ lastDay, graceDays }, context) => {
        const end = endOfLastDay(lastDay, graceDays);
        if (end) return { localDateTime: end, lastDay, graceDays };
        context.addIssue({ code: "custom", message: "This day does not exist. Choose another." });
        return z.NEVER;
      }),
  ],
  `Choose a date and a time, or a last day with 0 to ${graceDaysMax} days of grace.`,
);

export const scheduleChangeSchema = z.strictObject({
  changeId,
  planHash,
  zone: z.string().min(1, "Choose a time zone.").max(64),
  when,
});

export const unscheduleChangeSchema = z.strictObject({ changeId });

export type ScheduleChange = z.infer<typeof scheduleChangeSchema>;
export type UnscheduleChange = z.infer<typeof unscheduleChangeSchema>;
