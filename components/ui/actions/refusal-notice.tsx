"use client";

import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { Refusal } from "@/components/ui/actions/outcome";
import { RefusalNextStep } from "@/components/ui/actions/refusal-next-step";

type RefusalNoticeProps = {
  refusal: Refusal | null;
  /** In a form, which shows the messages about fields beside them and looks after the keyboard itself. */
  isInForm?: boolean;
};

/** What was refused and what can be done. Outside a form also every message about a part of it, and it takes the keyboard. */
export function RefusalNotice({ refusal, isInForm = false }: RefusalNoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal && !isInForm) box.current?.focus();
  }, [refusal, isInForm]);
  if (!refusal) return null;
  const { message, fields, cause } = refusal;
  const messages = isInForm ? [] : [...new Set(Object.values(fields))].filter((each) => each !== message);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Notice
        kind={cause === "refused" ? "failed" : "warning"}
        title={message}
        action={<RefusalNextStep refusal={refusal} isInForm={isInForm} />}
        isAlert
      >
        {messages.length > 0 ? (
          <ul className="list-disc pl-4">
            {messages.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : null}
      </Notice>
    </div>
  );
}
