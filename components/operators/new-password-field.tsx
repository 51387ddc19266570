"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { TextField } from "@/components/ui/fields/text-field";
import { ownerPasswordCharsMin, passwordCharsMin } from "@/lib/auth/password-policy";
import type { Role } from "@/lib/auth/roles";

type NewPasswordFieldProps = { name: "password" | "newPassword"; label: string; role: Role };

/** Typed once and shown on demand, because people choose short passwords when they type them twice blindly. */
export function NewPasswordField({ name, label, role }: NewPasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const charsMin = role === "owner" ? ownerPasswordCharsMin : passwordCharsMin;
  return (
    <div className="flex flex-col gap-1">
      <TextField
        label={label}
        name={name}
        type={isShown ? "text" : "password"}
        autoComplete="new-password"
        description={`${charsMin} characters or more. Several unrelated words work well.`}
        isRequired
      />
      <Checkbox isSelected={isShown} onChange={setIsShown}>
        Show the password
      </Checkbox>
    </div>
  );
}
