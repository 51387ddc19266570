import { z } from "zod";
import { passwordCharsMax } from "@/lib/auth/password-policy";
import { roles } from "@/lib/auth/roles";

/** The address an operator signs in with; stored in lower case, which the database checks too. */
const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "The address is longer than 254 characters. Use a shorter one.")
  .pipe(z.email("This is not an e-mail address. Write it as name@example.com."));

const nameSchema = z
  .string()
  .trim()
  .min(1, "Enter the name that others will see.")
  .max(120, "The name is longer than 120 characters. Shorten it.")
  .regex(/^[^\p{Cc}]*$/u, "The name holds line breaks or control characters. Remove them.");

/** lib/auth/password-policy.ts decides how strong a new one must be, because it knows whose it is. */
const passwordSchema = z
  .string()
  .min(1, "Enter the password.")
  .max(passwordCharsMax, `The password is longer than ${passwordCharsMax} characters. Use a shorter one.`);

const tenantIdsSchema = z.array(z.uuid()).max(5_000);
const operatorId = z.uuid();

export const signInSchema = z.strictObject({ email: emailSchema, password: passwordSchema });
export type SignIn = z.infer<typeof signInSchema>;

export const firstOwnerSchema = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  code: z
    .string()
    .trim()
    .min(1, "Enter the code that Rollcall printed when it started.")
    .max(100, "This is longer than the code that Rollcall printed. Enter that one."),
});

export type FirstOwner = z.infer<typeof firstOwnerSchema>;

export const createOperatorSchema = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  role: z.enum(roles),
  password: passwordSchema,
  /** for a technician */
  tenantIds: tenantIdsSchema.default([]),
});

export type CreateOperator = z.infer<typeof createOperatorSchema>;

export const operatorIdSchema = z.strictObject({ operatorId });
export type OperatorId = z.infer<typeof operatorIdSchema>;

export const setRoleSchema = z.strictObject({ operatorId, role: z.enum(roles) });
export type SetRole = z.infer<typeof setRoleSchema>;

export const setGrantsSchema = z.strictObject({ operatorId, tenantIds: tenantIdsSchema });
export type SetGrants = z.infer<typeof setGrantsSchema>;

export const changePasswordSchema = z.strictObject({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});

export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const resetPasswordSchema = z.strictObject({ operatorId, newPassword: passwordSchema });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;

export const noInputSchema = z.strictObject({});
