"use client";

import { catchError, type ErrorInfo } from "next/error";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Around one part of a page: when it cannot be loaded, the other parts stay. */
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
      Something in Rollcall failed while it was looked up. Nothing was changed, and the rest of this page
      holds.
    </Notice>
  );
}
