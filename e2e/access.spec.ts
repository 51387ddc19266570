import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { sizeOf } from "../test/run-length";
import { expect, fillSignIn, test } from "./fixtures";

const pages = [
  "/",
  "/tenants",
  "/people",
  "/changes",
  "/changes/new",
  "/changes/new/onboard",
  "/imports",
  "/imports/new",
  "/issues",
  "/fleet",
  "/audit",
];
const tabs = [
  "",
  "?tab=roster",
  "?tab=roster&part=mapping",
  "?tab=roster&part=scope",
  "?tab=roster&part=guards",
  "?tab=drift",
  "?tab=rails",
  "?tab=sync",
];

/** The rows of a table are alike: the first ones in every run, and all of them in the long one. */
const rowsLeftOut = sizeOf<readonly string[]>({ short: ["tbody tr:nth-child(n + 11)"], long: [] });

type Look = { width: number; theme: "light" | "dark" };

const looks: readonly Look[] = [1440, 390].flatMap((width) => [
  { width, theme: "light" as const },
  { width, theme: "dark" as const },
]);

/** Each screen in one look in every run, a different one than its neighbours', and in every look in the long run. */
function looksOf(index: number): readonly Look[] {
  return sizeOf({ short: looks.filter((_, look) => look === index % looks.length), long: looks });
}

test("every screen is usable by everybody, in both themes, on a wide screen and a narrow one", async ({
  page,
  signInAs,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signInAs("technician");
  await page.goto("/tenants");
  const tenant = await page
    .locator('main a[href^="/tenants/"]:not([href$="/new"])')
    .first()
    .getAttribute("href");
  for (const [index, path] of [...pages, ...tabs.map((tab) => `${tenant}${tab}`)].entries()) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    for (const { width, theme } of looksOf(index)) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await expectUsable(page, `${path} at ${width}, ${theme}`);
    }
  }
});

async function expectUsable(page: Page, what: string): Promise<void> {
  // Legacy is what needs no second page to join the results of frames: there are no frames.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
  for (const rows of rowsLeftOut) axe.exclude(rows);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

test("a tenant's name of 120 characters breaks no page, at any width", async ({ page, signInAs }) => {
  await signInAs("owner");
  const long = `Adventure ${"W".repeat(110)}`;
  await page.goto("/tenants");
  const tenant = await page.getByRole("link", { name: "Adventure Works" }).first().getAttribute("href");
  // Put in on the way to the browser: a real renaming would disturb the tests that run beside this one.
  await page.route(/.*/, async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replaceAll("Adventure Works", long),
    });
  });
  for (const path of ["/", "/tenants", "/people", String(tenant)]) {
    await page.goto(path);
    await expect(page.getByText(long).first()).toBeVisible();
    for (const width of [390, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${path} at ${width} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    if (path !== "/people") continue;
    const addresses = await page.getByRole("columnheader", { name: "Address" }).boundingBox();
    expect(addresses?.width, "the column of addresses").toBeGreaterThan(200);
  }
});

test("the keyboard is on the page that a row opens, and on that row again after Back", async ({
  page,
  signInAs,
}) => {
  await signInAs("technician");
  await page.goto("/people");
  const row = page.getByRole("row").getByRole("link").nth(3);
  await expect(row).toBeVisible();
  await row.press("Enter");
  await expect(page).toHaveURL(/\/people\/.+\/.+/);
  await expect(page.getByRole("main")).toBeFocused();
  await page.goBack();
  await expect(row).toBeFocused();
});

test("removing a line with the keyboard keeps the focus in place", async ({ page, signInAs }) => {
  await signInAs("technician");
  await page.goto("/tenants");
  await page.getByRole("link", { name: "Contoso Legal" }).first().click();
  await page.getByRole("link", { name: "Roster" }).click();
  await page.getByRole("link", { name: "Scope" }).click();
  await page.getByRole("button", { name: "Add a line of conditions" }).press("Enter");
  await page.getByRole("button", { name: "Remove line 1" }).press("Enter");
  await expect(page.getByRole("group", { name: "Lines of conditions" })).toBeFocused();
});

test("a visitor without a session is sent to sign in from every page, and learns nothing from any route", async ({
  page,
  request,
}) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  for (const path of [...pages, "/operators", "/tenants/00000000-0000-4000-8000-000000000000"]) {
    const answer = await request.get(path);
    expect(answer.url(), path).toMatch(/\/sign-in/);
  }
  for (const route of ["tenants", "changes", "operations"]) {
    const answer = await request.get(`/api/${route}/00000000-0000-4000-8000-000000000000`);
    expect(answer.status()).toBe(401);
  }
});

test("a link that was followed signed out is shown after sign-in", async ({ page }) => {
  await page.goto("/people?q=ana");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await fillSignIn(page, "auditor");
  await expect(page).toHaveURL(/\/people\?q=ana$/);
});

test("a wrong password reveals neither which value was wrong nor who has an account", async ({ page }) => {
  await page.goto("/sign-in");
  const answers: string[] = [];
  for (const email of ["nobody@rollcall.example", "olga@rollcall.example"]) {
    await page.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert").filter({ hasText: /\w/ });
    await expect(alert).toBeVisible();
    answers.push((await alert.innerText()).replace(/\d+/g, "N"));
  }
  expect(answers[0]).toBe(answers[1]);
});

test("an auditor reads everything and is offered no write", async ({ page, signInAs }) => {
  await signInAs("auditor");
  await page.goto("/people");
  await expect(page.getByRole("link", { name: /Onboard/ })).toHaveCount(0);
  await page.goto("/tenants");
  await expect(page.getByRole("link", { name: "Connect tenant" })).toHaveCount(0);
  await page.goto("/changes/new/onboard");
  await expect(page.getByRole("button", { name: /Plan to onboard/ })).toHaveCount(0);
});
