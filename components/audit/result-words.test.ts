import { expect, test } from "vitest";
import { toResultWord } from "@/components/audit/result-words";

test.each([
  ["operation.accepted", "ok", "accepted", "Accepted"],
  ["operation.failed", "ok", "failed", "Failed"],
  ["tenant.paused", null, "neutral", "Done"],
  ["session.refused", "refused", "failed", "Refused"],
  ["audit.verified", "broken", "failed", "Broken"],
  ["tenant.probed", "token-rejected", "failed", "Token rejected"],
  ["token.fingerprint_viewed", "41ab", "neutral", "41ab"],
  ["tenant.paused", "constructor", "neutral", "constructor"],
])("%s with result %s reads as %s: %s", (action, result, kind, word) => {
  expect(toResultWord(action, result)).toMatchObject({ kind, word });
});
