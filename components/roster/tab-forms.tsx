"use client";

import dynamic from "next/dynamic";

/* The roster tab has five parts. The code of a form loads with the part that shows it, and with no other; the server
   still renders it. */
export const EntryForm = dynamic(() =>
  import("@/components/roster/entry-form").then((form) => form.EntryForm),
);

export const ExclusionsForm = dynamic(() =>
  import("@/components/roster/exclusions-form").then((form) => form.ExclusionsForm),
);

export const GroupingForm = dynamic(() =>
  import("@/components/roster/grouping-form").then((form) => form.GroupingForm),
);

export const GuardForm = dynamic(() =>
  import("@/components/roster/guard-form").then((form) => form.GuardForm),
);

export const MappingForm = dynamic(() =>
  import("@/components/roster/mapping-form").then((form) => form.MappingForm),
);

export const ScopeForm = dynamic(() =>
  import("@/components/roster/scope-form").then((form) => form.ScopeForm),
);
