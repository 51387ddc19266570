"use client";

import { catchError, type ErrorInfo } from "next/error";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Wraps one part of a page: if that part fails to load, the others still work. */
export const PanelBoundary = catchError(PanelFailed);

/** `what` begins a sentence: "The sync history". */
function PanelFailed({ what }: { what: string }, { retry }: ErrorInfo) {
  return (
    <Notice
      kind="failed"
      title={`${what} could not be loaded`}
      action={
        <Button size="small" onPress={() => retry()}>
          Load it again
        </Button>
      }
    >
      Rollcall failed to load it. Nothing was changed, and the rest of this page is correct.
    </Notice>
  );
}
