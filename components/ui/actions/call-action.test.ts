import { UnrecognizedActionError } from "next/dist/client/components/unrecognized-action-error";
import { redirect } from "next/navigation";
import { expect, test } from "vitest";
import { callAction } from "@/components/ui/actions/call-action";
import type { Outcome } from "@/components/ui/actions/outcome";

const saved = { ok: true, data: 7 } as const;

test("the server's own yes and no arrive as they are", async () => {
  expect(await callAction(async () => saved)).toEqual(saved);
  const refused: Outcome<never> = { ok: false, message: "No.", fields: { name: "Taken." } };
  expect(await callAction(async () => refused)).toEqual({ ...refused, cause: "refused" });
});

test("a lost network is silence, and silence is never a yes", async () => {
  const answer = await callAction(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(answer).toMatchObject({ ok: false, cause: "silent", fields: {} });
  expect(answer.ok === false && answer.message).toMatch(/may have been done or not/);
});

test("an answer that holds no result is silence too", async () => {
  const nothing = undefined as unknown as Outcome<number>;
  expect(await callAction(async () => nothing)).toMatchObject({ ok: false, cause: "silent" });
});

test("an action that the server does not know was not done, and the page is to be loaded again", async () => {
  const answer = await callAction(() => Promise.reject(new UnrecognizedActionError("gone")));
  expect(answer).toMatchObject({ ok: false, cause: "outdated" });
  expect(answer.ok === false && answer.message).toMatch(/Nothing was changed.*Reload.*your text is kept/);
});

test("a redirect goes on to Next", async () => {
  await expect(callAction(async () => redirect("/sign-in"))).rejects.toMatchObject({
    digest: expect.stringContaining("NEXT_REDIRECT"),
  });
});

test("where to look is said in place of the general words, of silence alone", async () => {
  const silent = await callAction(() => Promise.reject(new Error("502")), "Look at the changes.");
  expect(silent).toMatchObject({ message: "Look at the changes." });
  const gone = await callAction(() => Promise.reject(new UnrecognizedActionError("gone")), "Look.");
  expect(gone).not.toMatchObject({ message: "Look." });
});
