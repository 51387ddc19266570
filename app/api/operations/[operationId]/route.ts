import { listAttempts } from "@/lib/changes/data";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";

/** The requests of one operation, fetched when its row is opened. */
export const GET = defineRoute<{ operationId: string }>((scope, _request, params) =>
  listAttempts(scope, { operationId: parseId(params.operationId, "operation") }),
);
