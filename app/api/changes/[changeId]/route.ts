import { getChange } from "@/lib/changes/data";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";

/** A change as its page shows it, polled while it is being applied. */
export const GET = defineRoute<{ changeId: string }>((scope, _request, params) =>
  getChange(scope, { changeId: parseId(params.changeId, "change") }),
);
