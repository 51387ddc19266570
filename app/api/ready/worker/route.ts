import { checkReadiness } from "@/lib/operators/readiness";

/** Whether the whole product works, for monitors: 503 too while no worker is there. Not for load balancers. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.ready && readiness.worker === "there" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
