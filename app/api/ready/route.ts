import { checkReadiness } from "@/lib/operators/readiness";

/** Readiness for load balancers. It needs no sign-in, so it answers with codes and no versions. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.ready ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
