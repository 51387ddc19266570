import { countOf } from "@/components/words/count-words";
import { changeStandingWords } from "@/components/words/change-words";
import { isCoolingDown } from "@/components/words/tenant-words";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import { formatChangeNumber } from "@/lib/change-number";
import type { ChangeRow } from "@/lib/changes/types";
import type { TenantSummary } from "@/lib/tenants/types";

/** One entry that needs a person: what, where, why, and the link to resolve it. */
export type Need = {
  id: string;
  word: Word;
  name: string;
  href: string;
  /** Waiting since, if known. */
  since: Date | null;
  /** Cause and effect. */
  text: string;
  fix: { label: string; href: string };
};

/** A failed change leaves Home after this long; the list of changes keeps it. */
const failedForDays = 7;

/**
 * What needs a person in tenants, worst first.
 * @param mayManage true if the viewer can fix it; others get a link to the cause
 */
export function toTenantNeeds(tenants: readonly TenantSummary[], now: Date, mayManage: boolean): Need[] {
  return tenants.flatMap((tenant) => {
    const trouble = toTrouble(tenant, now, mayManage);
    return trouble ? [{ id: tenant.id, name: tenant.name, href: `/tenants/${tenant.id}`, ...trouble }] : [];
  });
}

type Trouble = Pick<Need, "word" | "since" | "text" | "fix">;

function toTrouble(tenant: TenantSummary, now: Date, mayManage: boolean): Trouble | null {
  if (tenant.state === "quarantined") return toQuarantine(tenant, mayManage);
  if (tenant.state !== "healthy") return null;
  if (isCoolingDown(tenant, now) && tenant.reason !== "rate-limited") return toUnreachable(tenant);
  if (tenant.lastReadState === "failed") return toFailedRead(tenant, mayManage);
  if (tenant.testMode && tenant.mode !== "observe" && tenant.unconfirmed > 0) return toNotVisible(tenant);
  return null;
}

function toQuarantine(tenant: TenantSummary, mayManage: boolean): Trouble {
  const waiting =
    tenant.open > 0
      ? `${countOf(tenant.open, "operation waits", "operations wait")} and will not be lost.`
      : "No operation waits.";
  const since = tenant.reasonAt;
  const isToken = isCuredBy(tenant.reason, "new-token");
  const replace = { label: "Replace token", href: `/tenants/${tenant.id}?tab=connection#replace-token` };
  const { title } = getCatalogueEntry(tenant.reason ?? "unexpected");
  return {
    word: { kind: "failed", word: isToken ? "Needs a token" : "Quarantined" },
    since,
    text: `${title}. ${waiting}`,
    fix: isToken && mayManage ? replace : toCause(tenant),
  };
}

function toCause({ id }: TenantSummary): Need["fix"] {
  return { label: "See the cause", href: `/tenants/${id}` };
}

function toUnreachable(tenant: TenantSummary): Trouble {
  const { title } = getCatalogueEntry(tenant.reason ?? "tenant-unreachable");
  return {
    word: { kind: "held", word: "Unreachable" },
    since: tenant.reasonAt,
    text: `${title}. Rollcall retries automatically. Check it if this lasts.`,
    fix: toCause(tenant),
  };
}

function toFailedRead(tenant: TenantSummary, mayManage: boolean): Trouble {
  const { title } = getCatalogueEntry(tenant.lastReadReason ?? "unexpected");
  return {
    word: { kind: "held", word: "Read failed" },
    since: null,
    text: `${title}. ${tenant.readAt ? "The last full read still applies." : "Its people are unknown."}`,
    fix: mayManage ? { label: "Read it again", href: `/tenants/${tenant.id}` } : toCause(tenant),
  };
}

function toNotVisible(tenant: TenantSummary): Trouble {
  return {
    word: { kind: "accepted", word: "Not applied" },
    since: null,
    text: `${countOf(tenant.unconfirmed, "operation", "operations")} accepted but not confirmed. Test Mode is on, so KnowBe4 applies nothing.`,
    fix: { label: "Open history", href: `/tenants/${tenant.id}?tab=history` },
  };
}

/** What needs a person in changes: plans to apply or discard, held operations, and recent failures. */
export function toChangeNeeds(changes: readonly ChangeRow[], now: Date): Need[] {
  const failedFrom = now.getTime() - failedForDays * 24 * 60 * 60_000;
  return changes
    .filter(({ standing, requestedAt }) => standing !== "failed" || requestedAt.getTime() > failedFrom)
    .flatMap((change) => {
      const trouble = toChangeTrouble(change);
      if (!trouble) return [];
      const href = `/changes/${change.id}`;
      const [label, text] = trouble;
      const name = `${formatChangeNumber(change.number)} ${change.title}`;
      return [
        {
          id: change.id,
          word: changeStandingWords[change.standing],
          since: null,
          name,
          href,
          text,
          fix: { label, href },
        },
      ];
    });
}

function toChangeTrouble(change: ChangeRow): [label: string, text: string] | null {
  const { state, standing, counts, requestedBy } = change;
  const held = `${countOf(counts.held, "operation is", "operations are")} held until another operator approves.`;
  if (state === "planning" && standing === "failed")
    return ["See why", "The plan could not be made. Nothing was sent."];
  if (standing === "failed") {
    const failed = `${countOf(counts.failed, "operation", "operations")} failed.`;
    return ["See what failed", counts.held > 0 ? `${failed} ${held}` : failed];
  }
  if (counts.held > 0 && standing !== "cancelled" && standing !== "expired") return ["Review", held];
  if (standing === "paused")
    return [
      "Resume or cancel",
      `${countOf(counts.queued, "operation waits", "operations wait")} until somebody resumes the change.`,
    ];
  if (standing === "ready")
    return [
      "Review plan",
      `${requestedBy} planned ${countOf(counts.planned, "operation", "operations")}. Nothing is sent yet.`,
    ];
  return null;
}
