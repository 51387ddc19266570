import { checkReadiness } from "@/lib/operators/readiness";

/**
 * Readiness of this web process, for load balancers; `worker` says whether work is being done, and changes no status
 * (docs/decisions/0045). It needs no sign-in, so it answers with codes and no versions.
 */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
