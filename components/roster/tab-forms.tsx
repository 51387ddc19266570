"use client";

import dynamic from "next/dynamic";

/*
 * A tenant's page has nine tabs and its roster five parts: the code of a form comes with the part that shows it, and
 * with no other. The server draws it all the same.
 */
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
