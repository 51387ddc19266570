import { countOf } from "@/components/words/count-words";
import { changeStandingWords } from "@/components/words/change-words";
import { isCoolingDown } from "@/components/words/tenant-words";
import type { Word } from "@/components/words/word";
import { getCatalogueEntry } from "@/lib/knowbe4/catalogue";
import { isCuredBy } from "@/lib/knowbe4/cured-by";
import { formatChangeNumber } from "@/lib/change-number";
import type { ChangeStanding } from "@/lib/changes/model/states";
import { UNREPAIRED_MAX } from "@/lib/changes/model/unrepaired-max";
import type { ChangeRow } from "@/lib/changes/types";
import type { DriftingTenant } from "@/lib/engine/drift/types";
import type { TenantInNeed } from "@/lib/tenants/types";

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

/**
 * What needs a person in tenants, worst first.
 * @param mayManage true if the viewer can fix it; others get a link to the cause
 */
export function toTenantNeeds(tenants: readonly TenantInNeed[], now: Date, mayManage: boolean): Need[] {
  return tenants.flatMap((tenant) => {
    const trouble = toTrouble(tenant, now, mayManage);
    return trouble ? [{ id: tenant.id, name: tenant.name, href: `/tenants/${tenant.id}`, ...trouble }] : [];
  });
}

type Trouble = Pick<Need, "word" | "since" | "text" | "fix">;

function toTrouble(tenant: TenantInNeed, now: Date, mayManage: boolean): Trouble | null {
  if (tenant.state === "quarantined") return toQuarantine(tenant, mayManage);
  if (tenant.state !== "healthy") return null;
  if (isCoolingDown(tenant, now) && tenant.reason !== "rate-limited") return toUnreachable(tenant);
  if (tenant.lastReadState === "failed") return toFailedRead(tenant, mayManage);
  if (tenant.testMode && tenant.mode !== "observe" && tenant.unconfirmed > 0) return toNotVisible(tenant);
  return null;
}

function toQuarantine(tenant: TenantInNeed, mayManage: boolean): Trouble {
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

function toCause({ id }: TenantInNeed): Need["fix"] {
  return { label: "See the cause", href: `/tenants/${id}` };
}

function toUnreachable(tenant: TenantInNeed): Trouble {
  const { title } = getCatalogueEntry(tenant.reason ?? "tenant-unreachable");
  return {
    word: { kind: "held", word: "Unreachable" },
    since: tenant.reasonAt,
    text: `${title}. Rollcall retries automatically. Check it if this lasts.`,
    fix: toCause(tenant),
  };
}

function toFailedRead(tenant: TenantInNeed, mayManage: boolean): Trouble {
  const { title } = getCatalogueEntry(tenant.lastReadReason ?? "unexpected");
  return {
    word: { kind: "held", word: "Read failed" },
    since: null,
    text: `${title}. ${tenant.readAt ? "The last full read still applies." : "Its people are unknown."}`,
    fix: mayManage ? { label: "Read it again", href: `/tenants/${tenant.id}` } : toCause(tenant),
  };
}

function toNotVisible(tenant: TenantInNeed): Trouble {
  return {
    word: { kind: "accepted", word: "Not applied" },
    since: null,
    text: `${countOf(tenant.unconfirmed, "operation", "operations")} accepted but not confirmed. Test Mode is on, so KnowBe4 applies nothing.`,
    fix: { label: "Open history", href: `/tenants/${tenant.id}?tab=history` },
  };
}

/** Values that somebody else changed wait for a decision, and a sync leaves them alone until then. */
export function toDriftNeeds(tenants: readonly DriftingTenant[]): Need[] {
  return tenants.map(({ tenantId, tenantName, values, since }) => {
    const href = `/tenants/${tenantId}?tab=drift`;
    return {
      id: `drift-${tenantId}`,
      word: { kind: "held", word: "Drift" },
      name: tenantName,
      href,
      since,
      text: `${countOf(values, "value was", "values were")} changed outside Rollcall and ${values === 1 ? "waits" : "wait"} for a decision.`,
      fix: { label: "Decide", href },
    };
  });
}

/** What needs a person in changes: plans to apply or discard, held and paused operations, and open failures. */
export function toChangeNeeds(changes: readonly ChangeRow[]): Need[] {
  return changes.flatMap((change) => {
    const trouble = toChangeTrouble(change);
    if (!trouble) return [];
    const href = `/changes/${change.id}`;
    const name = `${formatChangeNumber(change.number)} ${change.title}`;
    const { standing, label, text } = trouble;
    return [
      {
        id: change.id,
        word: changeStandingWords[standing],
        since: null,
        name,
        href,
        text,
        fix: { label, href },
      },
    ];
  });
}

type ChangeTrouble = { standing: ChangeStanding; label: string; text: string };

function toChangeTrouble(change: ChangeRow): ChangeTrouble | null {
  const { state, standing, counts, requestedBy, unrepaired } = change;
  if (standing === "cancelled" || standing === "expired") return null;
  const held = `${countOf(counts.held, "operation is", "operations are")} held until another operator approves.`;
  if (state === "planning")
    return standing === "failed"
      ? { standing, label: "See why", text: "The plan could not be made. Nothing was sent." }
      : null;
  if (unrepaired > 0) {
    const more = [state === "applying" ? "The rest is being applied." : null, counts.held > 0 ? held : null];
    const text = [`${toFailedWords(unrepaired)} failed.`, ...more].filter((part) => part !== null).join(" ");
    return { standing: standing === "paused" ? "paused" : "failed", label: "See what failed", text };
  }
  if (counts.held > 0)
    return { standing: standing === "failed" ? "held" : standing, label: "Review", text: held };
  if (standing === "paused")
    return {
      standing,
      label: "Resume or cancel",
      text: `${countOf(counts.queued, "operation waits", "operations wait")} until somebody resumes the change.`,
    };
  if (standing === "ready")
    return {
      standing,
      label: "Review plan",
      text: `${requestedBy} planned ${countOf(counts.planned, "operation", "operations")}. Nothing is sent yet.`,
    };
  return null;
}

function toFailedWords(unrepaired: number): string {
  return `${unrepaired >= UNREPAIRED_MAX ? "At least " : ""}${countOf(unrepaired, "operation", "operations")}`;
}
