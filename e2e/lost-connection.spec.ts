import type { Page } from "@playwright/test";
import { credentialsOf } from "./demo";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy";
import { expect, fillSignIn, test as base } from "./fixtures";

const test = base.extend<{ faulty: FaultyProxy }>({
  faulty: async ({ signInAs }, provide) => {
    await signInAs("owner");
    const proxy = await startFaultyProxy();
    await provide(proxy);
    await proxy.close();
  },
});

test.use({ expectedErrors: /net::ERR_|status of (409|502)|Failed to fetch/ });

test("offline, a form keeps what was typed and sends it once the network is back", async ({
  page,
  context,
  signInAs,
}) => {
  await signInAs("owner");
  await page.goto("/fleet");
  const reason = page.getByRole("textbox", { name: "Reason" });
  await reason.fill("Agreed on the train, in a tunnel");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save the fleet’s limits" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "This browser is offline" });
  await expect(alert).toBeVisible();
  await expect(alert).toBeFocused();
  await expect(reason).toHaveValue("Agreed on the train, in a tunnel");

  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Saved. New plans follow these limits.")).toBeVisible();
  await expect(alert).toBeHidden();
});

test("a server that is killed, loses its answer or hides behind a bad gateway is never taken for a yes", async ({
  page,
  faulty,
}) => {
  const before = await countLimitEvents(page);
  await page.goto(`${faulty.origin}/fleet`);
  const reason = page.getByRole("textbox", { name: "Reason" });
  await reason.fill("Nobody knows yet");
  const save = page.getByRole("button", { name: "Save the fleet’s limits" });
  const silence = page.getByRole("alert").filter({ hasText: "may have been done or not" });
  const saved = page.getByText("Saved. New plans follow these limits.");
  for (const fault of ["down", "bad-gateway", "answer-lost"] as const) {
    await test.step(fault, async () => {
      faulty.fail(fault);
      await save.click();
      await expect(silence).toBeFocused();
      await expect(saved).toBeHidden();
      await expect(reason).toHaveValue("Nobody knows yet");
      faulty.fail("none");
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(saved).toBeVisible();
      await expect(silence).toBeHidden();
    });
  }
  await test.step("only what lost its answer was done, and then once more", async () => {
    expect(await countLimitEvents(page)).toBe(before + 4);
  });

  await test.step("a button says so beside itself, and can be pressed again", async () => {
    await openTenant(page, faulty, "Contoso Legal");
    const read = page.getByRole("button", { name: /^Read Contoso Legal again/ }).first();
    faulty.fail("bad-gateway");
    await read.click();
    await expect(silence).toBeVisible();
    faulty.fail("none");
    await read.click();
    await expect(silence).toBeHidden();
  });
});

test("an open page stays while Rollcall is away, says since when, and goes on by itself", async ({
  page,
  faulty,
}) => {
  await page.goto(`${faulty.origin}/`);
  const heading = page.getByRole("heading", { name: /^Hello/ });
  const notice = page.getByText("Rollcall is not reached. Trying again");
  await expect(heading).toBeVisible();
  // As when the tab is opened again: the page refreshes at once.
  const look = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  faulty.fail("down");
  await expect(async () => {
    await look();
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(heading).toBeVisible();
  faulty.fail("none");
  await look();
  await expect(notice).toBeHidden();
  await expect(heading).toBeVisible();
});

test("a page or a filter that is on its way says so until it is there", async ({ page, signInAs }) => {
  await signInAs("owner");
  await page.goto("/people");
  const bar = page.getByRole("progressbar", { name: "Loading the page" });
  let release = () => {};
  await page.route(/_rsc=/, async (route) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    await route.continue();
  });
  await page.getByRole("searchbox", { name: "Name, address, title or number" }).fill("ana");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(bar).toBeVisible();
  release();
  await expect(page).toHaveURL(/q=ana/);
  await expect(bar).toBeHidden();
  await page.getByRole("link", { name: "Tenants", exact: true }).click();
  await expect(bar).toBeVisible();
  release();
  await expect(page.getByRole("heading", { name: "Tenants", level: 1 })).toBeVisible();
  await expect(bar).toBeHidden();
});

test("after an update a page says to reload, and what was typed is there again and is sent", async ({
  page,
  faulty,
}) => {
  const firstName = page.getByRole("textbox", { name: "First name" });
  await page.goto(`${faulty.origin}/changes/new/onboard`);
  await firstName.fill("Ines");
  await page.getByRole("textbox", { name: "Last name" }).fill("Okafor");
  await page.getByRole("textbox", { name: "Department" }).fill("Legal");
  await page.getByRole("checkbox", { name: "Contoso Legal" }).check({ force: true });
  const address = page.getByRole("textbox", { name: "Address in Contoso Legal" });
  await address.fill("ines.o@contoso-legal.example");
  await page.getByRole("combobox", { name: "Add to a group" }).fill("New Hires");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Reason" }).fill("Starts after the update");

  faulty.fail("other-build");
  await page.getByRole("button", { name: /^Plan to onboard/ }).click();
  const outdated = page.getByRole("alert").filter({ hasText: "Reload to get the new version" });
  await expect(outdated).toBeFocused();
  await expect(firstName).toHaveValue("Ines");

  faulty.fail("none");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(back(page)).toBeVisible();
  await expect(outdated).toBeHidden();
  await expect(firstName).toHaveValue("Ines");
  await expect(page.getByRole("textbox", { name: "Department" })).toHaveValue("Legal");
  await expect(address).toHaveValue("ines.o@contoso-legal.example");
  await expect(page.getByRole("list", { name: "Add to a group: chosen" })).toContainText("New Hires");
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue("Starts after the update");
  await page.getByRole("button", { name: "Plan to onboard Ines Okafor in Contoso Legal" }).click();
  await expect(page.getByRole("heading", { name: "Onboard Ines Okafor" })).toBeVisible();
  await expect(page.getByText("ines.o@contoso-legal.example").first()).toBeVisible();

  await test.step("it is given back once", async () => {
    await page.goto(`${faulty.origin}/changes/new/onboard`);
    await expect(firstName).toHaveValue("");
  });
});

test("a token is never kept over a reload, and the page says that it is to be entered again", async ({
  page,
  faulty,
}) => {
  // Runs in each new page before anything of it: what the page before has left in the tab.
  await page.addInitScript(() => {
    Object.assign(window, { foundInTab: JSON.stringify({ ...sessionStorage, ...localStorage }) });
  });
  const name = page.getByRole("textbox", { name: "Name" });
  const token = page.getByRole("textbox", { name: "SCIM token" });
  await page.goto(`${faulty.origin}/tenants/new`);
  await name.fill("Fabrikam");
  await page.getByRole("textbox", { name: "Tenant URL" }).fill("https://scim.fabrikam.example/scim/v2");
  await token.fill("a-token-that-must-not-be-kept");
  faulty.fail("other-build");
  await page.getByRole("button", { name: "Connect tenant" }).click();
  await expect(token).toHaveValue("a-token-that-must-not-be-kept");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByText("Passwords, tokens and files are not kept: enter them again.")).toBeVisible();
  await expect(name).toHaveValue("Fabrikam");
  await expect(token).toHaveValue("");
  const found = await page.evaluate(() => String(Reflect.get(window, "foundInTab")));
  expect(found).toContain("Fabrikam");
  expect(found).not.toContain("must-not-be-kept");

  await test.step("discarded, it is gone", async () => {
    await page.getByRole("button", { name: "Discard it" }).click();
    await expect(back(page)).toBeHidden();
    await expect(name).toHaveValue("");
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => /kept/.test(key)))).toEqual(
      [],
    );
  });
});

test("choices are there again after a reload as well, and a file is to be chosen again", async ({
  page,
  signInAs,
}) => {
  await signInAs("owner");
  await page.goto("/imports/new");
  await page.getByText("Delimiter and encoding").click();
  const delimiter = page.getByRole("button", { name: /Delimiter/ });
  await delimiter.press("T");
  await expect(delimiter).toContainText("Tab");
  const tenant = page.getByRole("combobox", { name: "Which tenant" });
  await tenant.fill("Contoso");
  await page.getByRole("option", { name: /Contoso Legal/ }).click();
  const staff = {
    name: "staff.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("email\r\nsomebody@contoso.example\r\n"),
  };
  await page.locator("input[type=file]").setInputFiles(staff);

  await page.reload();
  await expect(back(page)).toBeVisible();
  await expect(page.getByText("Passwords, tokens and files are not kept: enter them again.")).toBeVisible();
  await expect(tenant).toHaveValue("Contoso Legal");
  await page.getByText("Delimiter and encoding").click();
  await expect(delimiter).toContainText("Tab");
  await page.locator("input[type=file]").setInputFiles(staff);
  const sent = page.waitForRequest((request) => request.url().includes("/api/imports?"));
  await page.getByRole("button", { name: "Upload and read the file" }).click();
  const { searchParams } = new URL((await sent).url());
  expect(Object.fromEntries(searchParams)).toMatchObject({ delimiter: "\t" });
  expect(searchParams.get("tenantId")).toMatch(/^[0-9a-f-]{36}$/);
  await expect(page).toHaveURL(/\/imports\/[0-9a-f-]{36}$/);
});

test("rules that were built up and not saved are there again after a reload", async ({ page, signInAs }) => {
  await signInAs("technician");
  await page.goto("/tenants");
  await page.getByRole("link", { name: "Contoso Legal" }).first().click();
  await page.getByRole("link", { name: "Roster" }).click();
  await page.getByRole("link", { name: "Scope" }).click();
  await page.getByRole("button", { name: "Add a line of conditions" }).click();
  await expect(page.getByRole("button", { name: "Remove line 1" })).toBeVisible();
  await page.reload();
  await expect(back(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove line 1" })).toBeVisible();
});

test("a form that is pressed twice is sent once", async ({ page, signInAs }) => {
  await signInAs("owner");
  const before = await countLimitEvents(page);
  await page.goto("/fleet");
  await page.getByRole("textbox", { name: "Reason" }).fill("Pressed twice");
  await page.getByRole("button", { name: "Save the fleet’s limits" }).dblclick();
  await expect(page.getByText("Saved. New plans follow these limits.")).toBeVisible();
  expect(await countLimitEvents(page)).toBe(before + 1);
});

test("whoever was signed out signs in beside the form and sends it", async ({ page, context }) => {
  await page.goto("/sign-in");
  await fillSignIn(page, "owner");
  await page.goto("/fleet");
  await page.getByRole("textbox", { name: "Reason" }).fill("Typed before the session ended");
  const elsewhere = await context.newPage();
  await elsewhere.goto("/");
  await elsewhere.getByRole("button", { name: "Sign out" }).click();
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.close();

  await page.getByRole("button", { name: "Save the fleet’s limits" }).click();
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Sign in in a new tab" }).click();
  const signIn = await opened;
  await fillSignIn(signIn, "owner");
  await signIn.close();

  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue("Typed before the session ended");
  await page.getByRole("button", { name: "Save the fleet’s limits" }).click();
  await expect(page.getByText("Saved. New plans follow these limits.")).toBeVisible();
});

test("a sign-in that reaches nobody keeps the page, and nobody is signed in", async ({
  page,
  context,
  faulty,
}) => {
  await context.clearCookies();
  await page.goto(`${faulty.origin}/sign-in`);
  await page.getByRole("textbox", { name: "E-mail" }).fill(credentialsOf("owner").email);
  await page.getByRole("textbox", { name: "Password" }).fill("whatever it is");
  faulty.fail("down");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Rollcall did not answer" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Password" })).toHaveValue("whatever it is");
  await expect(page).toHaveURL(`${faulty.origin}/sign-in`);
});

function back(page: Page) {
  return page.getByText("What you typed before this page was loaded again is back");
}

async function countLimitEvents(page: Page): Promise<number> {
  await page.goto("/audit?action=fleet.limits_changed");
  await expect(page.getByRole("main")).toBeVisible();
  return page.getByRole("link", { name: "fleet.limits_changed" }).count();
}

async function openTenant(page: Page, { origin }: FaultyProxy, name: string): Promise<void> {
  await page.goto(`${origin}/tenants`);
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}
