"use client";

import dynamic from "next/dynamic";

/** Loaded with the rails tab only, not with the tenant's other tabs. */
export const HoldLimitsDialog = dynamic(() =>
  import("@/components/rails/hold-limits-dialog").then((dialog) => dialog.HoldLimitsDialog),
);

export const SeatsDialog = dynamic(() =>
  import("@/components/rails/seats-dialog").then((dialog) => dialog.SeatsDialog),
);

export const SwitchesDialog = dynamic(() =>
  import("@/components/rails/switches-dialog").then((dialog) => dialog.SwitchesDialog),
);
