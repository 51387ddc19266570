import { readImport } from "@/lib/imports/mutations";
import { uploadImportSchema } from "@/lib/imports/schema";
import { defineRoute } from "@/lib/web/define-route";
import { readUpload } from "@/lib/web/read-upload";

/** Takes a CSV as the body, streamed. The URL gives its name and purpose. */
export const POST = defineRoute(async (scope, request) => {
  const bytes = readUpload(request);
  const input = uploadImportSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return readImport(scope, input, bytes);
});
