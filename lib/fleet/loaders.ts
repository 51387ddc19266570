import "server-only";
import { cache } from "react";
import { getFleet, getFleetDay } from "@/lib/fleet/data";
import { requireScope } from "@/lib/web/current-scope";

export const loadFleet = cache(async () => getFleet(await requireScope()));
export const loadFleetDay = cache(async () => getFleetDay(await requireScope()));
