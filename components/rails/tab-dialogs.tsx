"use client";

import dynamic from "next/dynamic";

/** Their code comes with the rails tab, and with no other of the tenant's nine. */
export const HoldLimitsDialog = dynamic(() =>
  import("@/components/rails/hold-limits-dialog").then((dialog) => dialog.HoldLimitsDialog),
);
export const SeatsDialog = dynamic(() =>
  import("@/components/rails/seats-dialog").then((dialog) => dialog.SeatsDialog),
);
export const SwitchesDialog = dynamic(() =>
  import("@/components/rails/switches-dialog").then((dialog) => dialog.SwitchesDialog),
);
