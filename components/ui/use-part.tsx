"use client";

import { type ReactNode, useState } from "react";

export type Part = {
  /** Fetches it beforehand: when the pointer or the keyboard comes near. */
  prepare: () => void;
  /** Calls back once it is there. */
  whenThere: (then: () => void) => void;
  /** Says that it did not come, or null. */
  problem: ReactNode;
};

/**
 * A part of the page whose code is fetched when it is used. It may not come: the network may be gone, or the server
 * may have a newer build. Then the page stays as it is, and pressing again tries again.
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
