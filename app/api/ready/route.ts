import { checkReadiness } from "@/lib/operators/readiness";

/** Whether a load balancer may send people here. Strangers may ask, so it answers codes and no versions. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
