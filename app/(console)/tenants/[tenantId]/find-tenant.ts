import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";
import { loadTenant } from "@/lib/tenants/loaders";
import type { TenantDetail } from "@/lib/tenants/types";
import { parseId } from "@/lib/web/parse-id";

/** The tenant in the URL, or the not-found page, also for a tenant the operator may not see. */
export async function findTenant(tenantId: string): Promise<TenantDetail> {
  try {
    return await loadTenant(parseId(tenantId, "tenant"));
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
