import { findPasswordProblem } from "@/lib/auth/password-policy";
import type { Role } from "@/lib/auth/roles";
import { AppError } from "@/lib/errors";

/**
 * @param field the form's field that holds it
 * @throws AppError "invalid" with the cause at that field
 */
export function requireGoodPassword(
  field: string,
  password: string,
  account: { role: Role; email: string; name: string },
): void {
  const problem = findPasswordProblem(password, account);
  if (problem === null) return;
  throw new AppError("invalid", "The password is too easy to guess. Nothing was changed. Choose another.", {
    [field]: problem,
  });
}
