"use client";

import { type ReactNode, useState } from "react";

export type Part = {
  /** Preloads it, when the pointer is near or focus arrives. */
  prepare: () => void;
  /** Calls back once it is loaded. */
  whenThere: (then: () => void) => void;
  /** The message that it failed to load, or null. */
  problem: ReactNode;
};

/**
 * A part of the page whose code loads when it is used. Loading may fail: the network may be down, or the server may
 * have a newer build. Then the page stays as it is, and pressing again retries.
 * @param load the same import() that React.lazy was given
 */
export function usePart(load: () => Promise<unknown>): Part {
  const [isMissing, setIsMissing] = useState(false);
  return {
    prepare: () => void load().catch(() => undefined),
    whenThere: (then) =>
      void load().then(
        () => {
          setIsMissing(false);
          then();
        },
        () => setIsMissing(true),
      ),
    problem: isMissing ? (
      <span role="alert" className="text-12 text-failed">
        This part of the page could not be loaded. Nothing was changed. Press again, or reload the page.
      </span>
    ) : null,
  };
}
