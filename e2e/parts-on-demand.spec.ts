import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Answers the next scripts as `answer` says; the page has already loaded its first ones. */
async function holdScripts(page: Page, answer: "when let go" | "not found"): Promise<() => Promise<void>> {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const scripts = "**/_next/static/chunks/*.js";
  await page.route(scripts, async (route) => {
    if (answer === "not found") return route.fulfill({ status: 404 });
    await gate;
    return route.continue();
  });
  return async () => {
    letGo();
    // A held request is still being answered by its route.
    if (answer === "not found") await page.unroute(scripts);
  };
}

/** Waits until the page's scripts have loaded: a key pressed earlier reaches nothing. */
async function openAlive(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState("networkidle");
}

test("a choice opens at the first key press and gives the keyboard back", async ({ page, signInAs }) => {
  await signInAs("owner");
  await openAlive(page, "/people");
  const state = page.getByRole("button", { name: /State/ });
  await state.press("ArrowDown");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.getByRole("option", { name: "Archived", exact: true }).press("Enter");
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(state).toBeFocused();
  await expect(state).toContainText("Archived");
  await page.getByRole("button", { name: "Filter" }).press("Enter");
  await expect(page).toHaveURL(/state=archived/);
});

test("a letter chooses before the list was ever opened", async ({ page, signInAs }) => {
  await signInAs("owner");
  await openAlive(page, "/people");
  const state = page.getByRole("button", { name: /State/ });
  await state.press("A");
  await state.press("A");
  await expect(state).toContainText("Archived");
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("letters typed while a field's list is on its way are kept, in their order", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  await openAlive(page, "/people");
  const letGo = await holdScripts(page, "when let go");
  const group = page.getByRole("combobox", { name: "Group" });
  await group.focus();
  await page.keyboard.type("New ");
  await letGo();
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.type("Hires");
  await expect(group).toHaveValue("New Hires");
  await expect(group).toBeFocused();
});

test("a dialog whose code does not come says so, opens at the next press and gives the keyboard back", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  await openAlive(page, "/");
  const letGo = await holdScripts(page, "not found");
  const stop = page.getByRole("button", { name: "Stop all sending…" });
  await stop.press("Enter");
  await expect(page.getByText("This part of the page could not be loaded.")).toBeVisible();
  await letGo();
  await stop.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Stop all sending to all tenants" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(stop).toBeFocused();
});

test("a menu opens with the arrow key, and a button without words says its name to the keyboard", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  await openAlive(page, "/");
  const theme = page.getByRole("button", { name: "Theme" });
  await page.getByRole("button", { name: "Sign out" }).focus();
  await page.keyboard.press("Tab");
  await expect(theme).toBeFocused();
  await expect(page.getByRole("tooltip", { name: "Theme" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "As the system" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(theme).toBeFocused();
});

test("a row's link leads on without loading the page anew, and the times of the page stay true", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  await openAlive(page, "/tenants");
  await page.evaluate(() => document.documentElement.setAttribute("data-marked", ""));
  await page
    .getByRole("row", { name: /Contoso Legal/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]{36}$/);
  await expect(page.locator("html[data-marked]")).toHaveCount(1);
  const time = page.locator("time[data-ago]").first();
  await time.evaluate((element) =>
    element.setAttribute("datetime", new Date(Date.now() - 7.1e6).toISOString()),
  );
  await expect(time).toHaveText("2 h ago");
});
