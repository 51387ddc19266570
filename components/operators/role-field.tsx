"use client";

import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import { roleWords } from "@/components/words/role-words";
import { isRole, type Role, roles } from "@/lib/auth/roles";

type RoleFieldProps = { role: Role; onChange: (role: Role) => void };

/** Sent as `role`. */
export function RoleField({ role, onChange }: RoleFieldProps) {
  return (
    <RadioGroup label="Role" name="role" value={role} onChange={(value) => isRole(value) && onChange(value)}>
      {roles.map((each) => (
        <Radio key={each} value={each} variant="card" description={roleWords[each].meaning}>
          {roleWords[each].word}
        </Radio>
      ))}
    </RadioGroup>
  );
}
