"use client";

import { TextField } from "@/components/ui/fields/text-field";

/** What an author enters to approve alone: proof that they read the lines, and that it is they. */
export function AloneFields() {
  return (
    <>
      <TextField name="count" label="How many lines are held?" inputMode="numeric" isRequired />
      <TextField
        name="password"
        type="password"
        label="Your password"
        autoComplete="current-password"
        isRequired
      />
    </>
  );
}
