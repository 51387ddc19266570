import { AppError } from "@/lib/errors";
import { importExclusions } from "@/lib/roster/mutations";
import { importExclusionsSchema } from "@/lib/roster/schema";
import { defineRoute } from "@/lib/web/define-route";
import { parseId } from "@/lib/web/parse-id";
import { readUpload } from "@/lib/web/read-upload";

/** Takes KnowBe4's CSV of people as the body, streamed. The URL gives the note and how to read the file. */
export const POST = defineRoute<{ tenantId: string }>(async (scope, request, params) => {
  const bytes = readUpload(request);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const input = importExclusionsSchema.safeParse({ ...query, tenantId: parseId(params.tenantId, "tenant") });
  if (!input.success)
    throw new AppError("invalid", input.error.issues[0]?.message ?? "The request is not valid.");
  return importExclusions(scope, input.data, bytes);
});
