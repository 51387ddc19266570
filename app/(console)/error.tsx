"use client";

import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { Notice } from "@/components/ui/notice";
import { Recover } from "@/components/ui/recover";
import { TextLink } from "@/components/ui/text-link";

/** The sidebar stays, so that one failing page does not block the others. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <>
      <Recover retry={retry} />
      <PageHeader title="This page cannot be shown" />
      <PageBody width="form">
        <Notice
          kind="failed"
          isAlert
          title="Rollcall failed to build this page"
          action={<Button onPress={() => retry()}>Load the page again</Button>}
        >
          <p>
            Nothing was changed by opening this page. If you had just pressed a button, check{" "}
            <TextLink href="/audit">Audit</TextLink> before you press it again.
          </p>
          {digest ? (
            <p className="mt-2">
              If it stays, give your Rollcall administrator this number: <Code>{digest}</Code>
            </p>
          ) : null}
        </Notice>
      </PageBody>
    </>
  );
}
