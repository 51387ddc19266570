import { listAttempts } from "@/lib/changes/data";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";

/** The exchanges of one operation, fetched when somebody opens it. */
export const GET = defineRoute<{ operationId: string }>((scope, _request, params) =>
  listAttempts(scope, { operationId: parseId(params.operationId, "operation") }),
);
