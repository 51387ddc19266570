import { issueHref } from "@/components/issues/issue-href";
import { ActionButton } from "@/components/ui/actions/action-button";
import { LinkButton } from "@/components/ui/link-button";
import { Named } from "@/components/ui/monogram";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { countOf } from "@/components/words/count-words";
import { toCatalogueCode } from "@/components/words/error-words";
import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { resolveIssueAction } from "@/lib/issues/actions";
import type { IssueRow } from "@/lib/issues/types";

type IssueListProps = { issues: readonly IssueRow[]; role: Role; now: Date };

/** Issues, each with its cause, the next automatic step, and the action that resolves it. */
export function IssueList({ issues, role, now }: IssueListProps) {
  return (
    <ul>
      {issues.map((issue) => (
        <li key={issue.id} className="border-t border-line px-4 py-3 first:border-t-0">
          <IssueItem issue={issue} role={role} now={now} />
        </li>
      ))}
    </ul>
  );
}

function IssueItem({ issue, role, now }: { issue: IssueRow; role: Role; now: Date }) {
  const { title, cause, remedy } = getCatalogueEntry(toCatalogueCode(issue.code));
  const { tenant, detail, state } = issue;
  const name = tenant ? `${title}, ${tenant.name}` : title;
  return (
    <article aria-label={name} className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-96 flex-col gap-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="font-semibold text-ink">{title}</h2>
          {tenant ? (
            <TextLink href={`/tenants/${tenant.id}`} variant="plain">
              <Named name={tenant.name} />
            </TextLink>
          ) : (
            <span className="text-ink-2">All tenants</span>
          )}
        </div>
        {detail ? <p className="text-ink [overflow-wrap:anywhere]">{detail}</p> : null}
        <p className="max-w-[80ch] text-ink-2">
          {cause} {remedy}
        </p>
        <p className="text-12 text-ink-3">
          <Times issue={issue} now={now} />
        </p>
      </div>
      {state === "open" ? <IssueActions issue={issue} name={name} role={role} /> : null}
    </article>
  );
}

function Times({ issue, now }: { issue: IssueRow; now: Date }) {
  const { times, firstAt, lastAt, resolvedAt, resolvedBy, tenant } = issue;
  return (
    <>
      {times > 1 ? (
        <>
          {countOf(times, "time", "times")}, first <Time at={firstAt} />, last <Time at={lastAt} />.
        </>
      ) : (
        <>
          Since <Time at={firstAt} />.
        </>
      )}{" "}
      {resolvedAt ? (
        <>
          {resolvedBy ? `Resolved by ${resolvedBy}` : "Resolved automatically"} <Time at={resolvedAt} />.
        </>
      ) : null}
      {!resolvedAt && tenant?.nextAt && tenant.nextAt > now ? (
        <>
          {tenant.state === "quarantined" ? "Next probe" : "Next attempt"} <Time at={tenant.nextAt} />.
        </>
      ) : null}
    </>
  );
}

function IssueActions({ issue, name, role }: { issue: IssueRow; name: string; role: Role }) {
  const link = issueHref(issue);
  const canResolve = can(role, issue.tenant ? "issue.resolve" : "fleet.manage");
  return (
    <div className="flex flex-wrap items-start gap-2">
      {link ? <LinkButton href={link.href}>{link.label}</LinkButton> : null}
      {canResolve ? (
        <ActionButton
          action={resolveIssueAction}
          input={{ issueId: issue.id }}
          label="Resolve"
          about={name}
          variant="quiet"
        />
      ) : null}
    </div>
  );
}
