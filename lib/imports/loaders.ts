import "server-only";
import { cache } from "react";
import { getImport, listImports, listProblems, listWarnings } from "@/lib/imports/data";
import { requireScope } from "@/lib/web/current-scope";

export async function loadImports(filter: { before?: string | undefined }) {
  return listImports(await requireScope(), filter);
}

export const loadImport = cache(async (importId: string) => getImport(await requireScope(), { importId }));

export async function loadWarnings(importId: string) {
  return listWarnings(await requireScope(), { importId });
}

export async function loadProblems(importId: string) {
  return listProblems(await requireScope(), { importId });
}
