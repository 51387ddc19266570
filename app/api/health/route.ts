/** The process answers; whether it can serve is asked at /api/ready. No database, so a slow one restarts nothing. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json({ alive: true }, { headers: { "Cache-Control": "no-store" } });
}
