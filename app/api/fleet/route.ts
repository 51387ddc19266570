import { getFleet } from "@/lib/fleet/data";
import { defineRoute } from "@/lib/web/define-route";

/** Whether the fleet is stopped, polled by every page. */
export const GET = defineRoute((scope) => getFleet(scope));
