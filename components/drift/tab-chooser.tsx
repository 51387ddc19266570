"use client";

import dynamic from "next/dynamic";

/** Loaded with the drift tab only, not with the tenant's other tabs. */
export const DriftChooser = dynamic(() =>
  import("@/components/drift/drift-chooser").then((chooser) => chooser.DriftChooser),
);
