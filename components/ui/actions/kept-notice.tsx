"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { KeptText } from "@/components/ui/actions/use-kept-text";

type KeptNoticeProps = {
  kept: KeptText;
  /** Something of it was not kept, because it is secret or a file. */
  isPartial?: boolean;
};

/** Says that what was typed before the page was loaded again is back, and takes it out again. */
export function KeptNotice({ kept, isPartial = false }: KeptNoticeProps) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {kept.isRestored ? (
        <Notice
          kind="info"
          title="What you typed before this page was loaded again is back"
          action={
            <Button size="small" onPress={kept.discard}>
              Discard it
            </Button>
          }
        >
          It was not sent.{isPartial ? " Passwords, tokens and files are not kept: enter them again." : ""}
        </Notice>
      ) : null}
    </div>
  );
}
