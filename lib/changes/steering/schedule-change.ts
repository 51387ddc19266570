import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { Scope } from "@/lib/auth/scope";
import { transaction, type Transaction } from "@/lib/db/transaction";
import { AppError, refuse } from "@/lib/errors";
import { changeCan } from "@/lib/changes/model/change-can";
import { stageOf } from "@/lib/changes/model/change-facts";
import { readChangeFacts } from "@/lib/changes/model/locked-change";
import { resolveScheduleMissed } from "@/lib/changes/issues/schedule-missed";
import type { ScheduleChange, UnscheduleChange } from "@/lib/changes/steering/schedule-schema";
import { resolveLocalTime, type ResolvedTime } from "@/lib/changes/steering/schedule-time";
import { lockToSteer, recordSteeringEvent } from "@/lib/changes/steering/lock-applying-change";

/**
 * A scheduled change that no worker applied expires a day after its time, like a plan that nobody applied in a day.
 */
const LATE_HOURS = 24;

/**
 * A worker that applies a large change at its time keeps it locked until it has ended. Whoever comes meanwhile waits
 * that long, and is then told how the change stands.
 */
const STEERING_MS = 60_000;

/** Further ahead, the directory cannot be predicted. */
const AHEAD_DAYS_MAX = 366;

/**
 * Schedules a plan for a local time. A worker applies it in the requester's name: it makes the plan again then and
 * applies what was seen now, or nothing. Scheduling it again moves it.
 * @returns the resulting moment, and whether the zone's clocks skip or repeat the given time.
 * @throws AppError conflict when the plan is not the one that was shown, or is not waiting to be applied.
 */
export async function scheduleChange(
  scope: Scope,
  input: ScheduleChange,
): Promise<Pick<ResolvedTime, "local" | "fit"> & { scheduledAt: Date }> {
  authorize(scope, "change.apply");
  const { localDateTime, ...lastDay } = input.when;
  const resolved = resolveLocalTime(localDateTime, input.zone);
  if (!resolved) throw noSuchTime();
  const work = async (tx: Transaction) => {
    const change = await lockToSteer(tx, scope, input.changeId, changeCan.schedule);
    if (change.planHash !== input.planHash) throw stale();
    refuse(changeCan.schedule.whyNot(await readChangeFacts(tx, change)));
    const [check] = await tx.$queryRaw<{ isLate: boolean; isPast: boolean; isFar: boolean }[]>`
      SELECT ${change.expiresAt}::timestamptz <= now() AS "isLate", ${resolved.instant}::timestamptz <= now() AS "isPast",
             ${resolved.instant}::timestamptz > now() + ${AHEAD_DAYS_MAX} * interval '1 day' AS "isFar"`;
    if (check?.isLate) throw stale();
    if (check?.isPast) throw outOfReach("That time has passed.");
    if (check?.isFar) throw outOfReach("That is more than a year ahead.");
    await tx.$executeRaw`
      UPDATE change SET state = 'scheduled', scheduled_at = ${resolved.instant}::timestamptz, zone = ${input.zone},
             expires_at = ${resolved.instant}::timestamptz + ${LATE_HOURS} * interval '1 hour' WHERE id = ${change.id}::uuid`;
    await recordSteeringEvent(tx, scope, change, {
      action: "change.scheduled",
      tenantIds: change.tenantIds,
      result: "ok",
      after: { scheduledAt: resolved.instant, local: resolved.local, zone: input.zone, ...lastDay },
    });
    await resolveScheduleMissed(tx, scope, change);
  };
  await transaction(scope, work, { timeoutMs: STEERING_MS });
  return { scheduledAt: resolved.instant, local: resolved.local, fit: resolved.fit };
}

/**
 * Takes a change off the schedule, for example because the person stays. The plan is ready again until a day after it
 * was made; later it must be planned again.
 */
export async function unscheduleChange(scope: Scope, input: UnscheduleChange): Promise<void> {
  authorize(scope, "change.apply");
  const work = async (tx: Transaction) => {
    const change = await lockToSteer(tx, scope, input.changeId, changeCan.unschedule);
    const at = { state: stageOf(change) };
    if (changeCan.unschedule.isDone(at)) return;
    refuse(changeCan.unschedule.whyNot(at));
    await toReady(tx, change.id);
    await recordSteeringEvent(tx, scope, change, {
      action: "change.scheduled",
      tenantIds: change.tenantIds,
      result: "withdrawn",
      before: { scheduledAt: change.scheduledAt, zone: change.zone },
      after: { scheduledAt: null, zone: null },
    });
  };
  await transaction(scope, work, { timeoutMs: STEERING_MS });
}

function toReady(tx: Transaction, changeId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE change SET state = 'ready', scheduled_at = NULL, zone = NULL,
           expires_at = requested_at + ${LATE_HOURS} * interval '1 hour' WHERE id = ${changeId}::uuid`;
}

function noSuchTime(): AppError {
  const message =
    "This time does not exist in that zone. Nothing was scheduled. Choose a date, a time and a zone from the list.";
  return new AppError("invalid", message, { when: message });
}

function outOfReach(cause: string): AppError {
  const message = `${cause} Nothing was scheduled. Choose another time, or apply the change now.`;
  return new AppError("invalid", message, { when: message });
}

function stale(): AppError {
  return new AppError(
    "conflict",
    "The plan has changed since you opened it, or is older than a day. Nothing was scheduled. Plan it again.",
  );
}
