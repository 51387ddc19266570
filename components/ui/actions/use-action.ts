"use client";

import { startTransition, useRef, useState, useTransition } from "react";
import { callAction } from "@/components/ui/actions/call-action";
import type { Answer, Outcome, Refusal, ServerAction } from "@/components/ui/actions/outcome";
import { refuseOversize } from "@/components/ui/actions/oversize";

export type ActionState<Input, T> = {
  /** Does nothing while the last call is under way. Resolves when it has ended, whatever came of it. */
  run: (input: Input) => Promise<void>;
  isPending: boolean;
  /** The last call succeeded and the next has not begun. */
  isDone: boolean;
  /** What the last call gave, or null. */
  done: T | null;
  /** How often it succeeded. */
  doneCount: number;
  /** Why the last call did not succeed. It stays until the next one has ended. */
  refusal: Refusal | null;
  /** Forgets what the last call gave. */
  clear: () => void;
};

export type ActionOptions<T> = {
  onDone?: (data: T) => void;
  onRefused?: (refusal: Refusal) => void;
  /** After either: to look at what is true now. It is not waited for. */
  onSettled?: () => unknown;
  /** Said where nobody knows whether it was done: names the place to check. */
  silentMessage?: string;
};

type Calling<Input, T> = (input: Input) => Promise<Outcome<T>>;

/**
 * The one way to call a server action, or anything that answers like one. An answer, a lost network, a server that
 * was killed and a page of an older build all end in `refusal` or `done`; nothing is thrown, and nothing is sent twice.
 */
export function useAction<Input, T>(
  action: ServerAction<Input, T>,
  options?: ActionOptions<T>,
): ActionState<Input, T>;
export function useAction<Input, T>(
  action: Calling<Input, T>,
  options?: ActionOptions<T>,
): ActionState<Input, T>;
export function useAction<Input, T>(
  action: Calling<Input, T>,
  options: ActionOptions<T> = {},
): ActionState<Input, T> {
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const [doneCount, setDoneCount] = useState(0);
  const [isPending, startCall] = useTransition();
  const isRunning = useRef(false);

  async function call(input: Input): Promise<void> {
    const tooLong = input instanceof FormData ? refuseOversize(input) : null;
    const answered = tooLong ?? (await callAction(() => action(input), options.silentMessage));
    if (answered.ok) options.onDone?.(answered.data);
    else options.onRefused?.(answered);
    startTransition(() => {
      setAnswer(answered);
      if (answered.ok) setDoneCount((count) => count + 1);
    });
    options.onSettled?.();
  }

  function run(input: Input): Promise<void> {
    if (isRunning.current) return Promise.resolve();
    isRunning.current = true;
    return new Promise((resolve) => {
      // What is thrown in here is a redirect: the transition hands it to Next.
      startCall(async () => {
        try {
          await call(input);
        } finally {
          isRunning.current = false;
          resolve();
        }
      });
    });
  }

  const isDone = !isPending && answer?.ok === true;
  return {
    run,
    isPending,
    isDone,
    done: isDone ? answer.data : null,
    doneCount,
    refusal: answer?.ok === false ? answer : null,
    clear: () => setAnswer(null),
  };
}
