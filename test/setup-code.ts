import { issueSetupCode } from "@/scripts/postgres/issue-setup-code";
import type { TestDatabase } from "@/test/database";

/** Makes the code of a start, as `npm start` does before it prints it; null where an operator exists. */
export function startAnew({ ownerUrl }: TestDatabase): Promise<string | null> {
  return issueSetupCode(ownerUrl);
}
