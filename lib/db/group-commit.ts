import { setTimeout as wait } from "node:timers/promises";
import { DatabaseAwayError } from "@/lib/db/database-away";
import { Prisma } from "@/lib/db/generated/client";

export type GroupCommitOptions = {
  /** The most requests in one block. */
  blockMax: number;
  /**
   * Minimum time from the start of a block to the start of the next, in ms. The first request after a pause does not
   * wait.
   */
  apartMs?: number;
};

type Waiting<Request, Answer> = {
  request: Request;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * Group commit: combines requests that arrive at about the same time into one block. Requests that arrive while a
 * block is at work form the next one, so a transaction's fixed cost (five round trips, a sync to disk) is paid once
 * for all of them: at 1,000 results a second it would otherwise be the most expensive thing a worker does.
 *
 * A failed block is repeated request by request, so that only the one that the database refuses fails; `work` must be
 * safe to repeat. When the database itself is away, the whole block fails.
 * @param work gets the requests of a block and returns their answers in the same order
 */
export function groupCommit<Request, Answer>(
  work: (requests: readonly Request[]) => Promise<readonly Answer[]>,
  { blockMax, apartMs = 0 }: GroupCommitOptions,
): (request: Request) => Promise<Answer> {
  const waiting: Waiting<Request, Answer>[] = [];
  let isWorking = false;

  async function workOff(): Promise<void> {
    // Requests from one turn of the event loop join the block.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const startedMs = performance.now();
      await settle(waiting.splice(0, blockMax));
      if (waiting.length >= blockMax) continue;
      const restMs = apartMs - (performance.now() - startedMs);
      if (restMs > 1) await wait(restMs);
    }
    isWorking = false;
  }

  async function settle(block: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await work(block.map(({ request }) => request));
      for (const [place, { resolve }] of block.entries()) resolve(answers[place] as Answer);
    } catch (error) {
      if (block.length === 1 || isAway(error)) for (const { reject } of block) reject(error);
      else for (const one of block) await settle([one]);
    }
  }

  return (request) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (isWorking) return;
      isWorking = true;
      void workOff();
    });
}

/** Prisma's codes for an unreachable server, a broken connection, and a connection wait that took too long. */
const awayCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);

function isAway(error: unknown): boolean {
  return (
    error instanceof DatabaseAwayError ||
    error instanceof Prisma.PrismaClientInitializationError ||
    error instanceof Prisma.PrismaClientUnknownRequestError ||
    (error instanceof Prisma.PrismaClientKnownRequestError && awayCodes.has(error.code))
  );
}
