"use client";

import dynamic from "next/dynamic";

/** Loaded with the connection tab only, not with the tenant's other tabs. */
export const ReplaceTokenForm = dynamic(() =>
  import("@/components/tenants/replace-token-form").then((form) => form.ReplaceTokenForm),
);
