import { z } from "zod";
import { defineJob } from "@/lib/queue/define-job";

/** A wake-up for a change with a task; change_task says what there is to do. */
export const changeTaskJob = defineJob({
  name: "change.task",
  payload: z.strictObject({ changeId: z.uuid() }),
  key: ({ changeId }) => changeId,
});
