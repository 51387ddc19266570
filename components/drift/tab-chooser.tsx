"use client";

import dynamic from "next/dynamic";

/** Its code comes with the drift tab, and with no other of the tenant's nine. */
export const DriftChooser = dynamic(() =>
  import("@/components/drift/drift-chooser").then((chooser) => chooser.DriftChooser),
);
