import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { AccountPage } from "@/lib/directory/types";
import type { OldestRead } from "@/lib/tenants/types";

/** The age of what is shown: that of the oldest full read behind it. A look after each write changes it sooner. */
export function AsOf({ oldest }: { oldest: OldestRead | null }) {
  if (!oldest) return null;
  return (
    <p className="text-12 text-ink-3">
      As of the full read <Time at={oldest.readAt} />
      {oldest.tenants > 1 ? <> or later ({oldest.name} is the oldest)</> : null} and the writes confirmed
      since.
    </p>
  );
}

/** Lists tenants that are missing or outdated in the list, for as long as that is true. */
export function IncompleteNotice({ incomplete }: Pick<AccountPage, "incomplete">) {
  if (incomplete.length === 0) return null;
  const count = incomplete.length;
  return (
    <Notice
      kind="warning"
      title={`${count === 1 ? "One tenant" : `${count} tenants`} could not be read, so people may be missing here`}
    >
      <ul>
        {incomplete.map(({ tenantId, tenantName, readAt }) => (
          <li key={tenantId}>
            <TextLink href={`/tenants/${tenantId}`}>{tenantName}</TextLink>{" "}
            {readAt ? (
              <>
                is shown as of <Time at={readAt} />; the read after that failed
              </>
            ) : (
              "has no full read yet, so none of its people are shown"
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
