"use client";

import dynamic from "next/dynamic";

/** Its code comes with the connection tab, and with no other of the tenant's nine. */
export const ReplaceTokenForm = dynamic(() =>
  import("@/components/tenants/replace-token-form").then((form) => form.ReplaceTokenForm),
);
