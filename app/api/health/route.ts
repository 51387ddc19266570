/**
 * Liveness: the process answers. /api/ready says whether it can serve. It reads no database, so a slow one causes no
 * restart.
 */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json({ alive: true }, { headers: { "Cache-Control": "no-store" } });
}
