import { defineVerb, type Why } from "@/lib/define-verb";
import type { TenantMode, TenantState } from "@/lib/tenants/types";

/** All states of a tenant, in the order of its life. */
export const tenantStates = [
  "connecting",
  "healthy",
  "paused",
  "quarantined",
  "disconnected",
] as const satisfies readonly TenantState[];

type InventoryFacts = { state: TenantState; hasRead: boolean };
type CutOverFacts = InventoryFacts & { adoptedAt: Date | null };
type ReconcileFacts = { state: TenantState; mode: TenantMode; adoptedAt: Date | null; reconciles: boolean };

const connected = ["connecting", "healthy", "paused", "quarantined"] as const;

const gone: Why = {
  cause: "This tenant is disconnected, so it cannot be changed.",
  next: "If it is a client again, connect it as a new tenant.",
};

/** Why nothing is sent to a connected tenant now. */
function silent(state: TenantState): Why {
  switch (state) {
    case "paused":
      return { cause: "This tenant is paused, so nothing is sent to it.", next: "Resume it first." };
    case "quarantined":
      return {
        cause: "This tenant is quarantined, so nothing is sent to it.",
        next: "Fix the cause on its page, then try it again.",
      };
    case "connecting":
      return {
        cause: "This tenant is connecting and has not answered yet.",
        next: "Wait for its first answer; Rollcall then reads it automatically.",
      };
    default:
      return gone;
  }
}

const unread: Why = {
  cause: "This tenant's directory has not been fully read yet.",
  next: "Wait for the read, or start one.",
};

/** What may be done with a tenant in which state. lib/auth/permissions.ts decides who may do it. */
export const tenantCan = {
  /** Its settings, rails, roster, token and drift, and disconnecting it. */
  edit: defineVerb<TenantState>({ states: connected, otherwise: () => gone, effect: "Nothing was changed." }),
  pause: defineVerb<TenantState>({
    states: ["connecting", "healthy", "quarantined"],
    done: ["paused"],
    otherwise: () => gone,
    effect: "Nothing was paused.",
  }),
  /** Resume a paused tenant or retry a quarantined one: both are probed again. */
  resume: defineVerb<TenantState>({
    states: ["paused", "quarantined"],
    done: ["connecting", "healthy"],
    otherwise: () => gone,
    effect: "Nothing was resumed.",
  }),
  read: defineVerb<TenantState>({ states: ["healthy"], otherwise: silent, effect: "No read was started." }),
  sync: defineVerb<TenantState>({ states: ["healthy"], otherwise: silent, effect: "No sync was started." }),
  /** Take its inventory into the roster. */
  adopt: defineVerb<TenantState, InventoryFacts>({
    states: connected,
    unless: ({ hasRead }) => (hasRead ? null : unread),
    otherwise: () => gone,
    effect: "Nothing was adopted.",
  }),
  /** Come to a mode in which Rollcall writes. The gate then asks for a number, Test Mode and a signature. */
  cutOver: defineVerb<TenantState, CutOverFacts>({
    states: connected,
    unless({ hasRead, adoptedAt }) {
      if (!hasRead) return unread;
      if (adoptedAt) return null;
      return {
        cause: "The inventory is not adopted into the roster yet, so everybody would count as absent.",
        next: "Adopt the inventory first.",
      };
    },
    otherwise: () => gone,
    effect: "The mode was not changed.",
  }),
  /** Have each sync apply the roster automatically. Disabling that is always allowed. */
  reconcile: defineVerb<TenantState, ReconcileFacts>({
    states: connected,
    unless: ({ mode, adoptedAt, reconciles }) =>
      reconciles || (mode !== "observe" && adoptedAt !== null)
        ? null
        : {
            cause: "Rollcall does not write to this tenant, or its inventory is not adopted into the roster.",
            next: "Pass the cut-over gate on the Rails tab first.",
          },
    otherwise: () => gone,
    effect: "Syncs still only read.",
  }),
};
