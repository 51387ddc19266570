"use server";

import { revalidatePath } from "next/cache";
import { checkImport, discardImport } from "@/lib/imports/mutations";
import { checkImportSchema, importIdSchema } from "@/lib/imports/schema";
import { defineAction } from "@/lib/web/define-action";

export const checkImportAction = defineAction(checkImportSchema, async (scope, input) => {
  const counts = await checkImport(scope, input);
  revalidatePath(`/imports/${input.importId}`);
  return counts;
});

export const discardImportAction = defineAction(importIdSchema, async (scope, input) => {
  await discardImport(scope, input);
  revalidatePath("/imports");
});
