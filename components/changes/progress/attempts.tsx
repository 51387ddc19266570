"use client";

import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/ui/fetch-json";
import type { AttemptView } from "@/components/changes/model/wire";
import { Code, CodeBlock } from "@/components/ui/code";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";

type AttemptsProps = {
  operationId: string;
  /** Changes when there may be another exchange; they are then fetched again. */
  version: string;
};

/** Requests to the tenant and its answers as stored: without the token. */
export function Attempts({ operationId, version }: AttemptsProps) {
  const { data, error } = useQuery({
    queryKey: ["attempts", operationId, version],
    queryFn: ({ signal }) => fetchJson<AttemptView[]>(`/api/operations/${operationId}`, { signal }),
    placeholderData: (previous) => previous,
  });
  if (error && !data) {
    return (
      <p className="text-failed">
        The requests could not be loaded. {error.message} Close this line and open it again.
      </p>
    );
  }
  if (!data) return <p className="text-ink-3">Loading the requests…</p>;
  if (data.length === 0) return <p className="text-ink-3">Nothing was sent for this line yet.</p>;
  return (
    <ol className="flex flex-col gap-4">
      {data.map((attempt) => (
        <Attempt key={attempt.id} attempt={attempt} />
      ))}
    </ol>
  );
}

function Attempt({ attempt }: { attempt: AttemptView }) {
  const isFine = attempt.status !== null && attempt.status < 400;
  return (
    <li className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-12 text-ink-3">
        <Code className="font-semibold text-ink [overflow-wrap:anywhere]">
          {attempt.method} {attempt.path}
        </Code>
        <Status kind={isFine ? "neutral" : "failed"} icon={null}>
          {attempt.status ?? "no answer"}
        </Status>
        <Time at={attempt.at} format="stamp" />
        <span>{attempt.durationMs} ms</span>
        {attempt.requestId ? (
          <span>
            request <Code>{attempt.requestId}</Code>
          </span>
        ) : null}
      </p>
      {attempt.error ? <p className="text-failed [overflow-wrap:anywhere]">{attempt.error}</p> : null}
      <div className="grid gap-3 @3xl:grid-cols-2">
        <Body label="Request" body={attempt.requestBody} />
        <Body label="Answer" body={attempt.responseBody} />
      </div>
    </li>
  );
}

function Body({ label, body }: { label: string; body: string | null }) {
  if (!body) return null;
  return (
    <div className="min-w-0">
      <p className="mb-1 text-12 text-ink-3">{label}</p>
      <CodeBlock label={label}>{indent(body)}</CodeBlock>
    </div>
  );
}

/** Indents JSON. Returns anything else unchanged, such as a truncated body or a web page. */
function indent(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
