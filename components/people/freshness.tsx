import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { AccountPage } from "@/lib/directory/types";
import type { OldestRead } from "@/lib/tenants/types";

/** The age of what is shown: that of the oldest reading behind it. */
export function AsOf({ oldest }: { oldest: OldestRead | null }) {
  if (!oldest) return null;
  return (
    <p className="text-12 text-ink-3">
      As KnowBe4 showed it, read <Time at={oldest.readAt} />
      {oldest.tenants > 1 ? <> or later; {oldest.name} is the oldest reading</> : null}.
    </p>
  );
}

/** Stays for as long as it is true: tenants that the list says nothing, or nothing new, about. */
export function IncompleteNotice({ incomplete }: Pick<AccountPage, "incomplete">) {
  if (incomplete.length === 0) return null;
  const count = incomplete.length;
  return (
    <Notice
      kind="warning"
      title={`${count === 1 ? "One tenant" : `${count} tenants`} could not be read: somebody may be missing here`}
    >
      <ul>
        {incomplete.map(({ tenantId, tenantName, readAt }) => (
          <li key={tenantId}>
            <TextLink href={`/tenants/${tenantId}`}>{tenantName}</TextLink>{" "}
            {readAt ? (
              <>
                is shown as of <Time at={readAt} />; the reading after that failed
              </>
            ) : (
              "was never read whole; nobody of it is shown"
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
