import { readLogs, control, type SimulatedTenant } from "./demo";
import { expect, test } from "./fixtures";
import { readBundles } from "./bundles";

test("a tenant is connected, a new hire onboarded in three tenants, offboarded everywhere, and the record verified", async ({
  page,
  signInAs,
  received,
}) => {
  test.slow();
  const northwind = await control<SimulatedTenant>("POST", "/tenants", {
    name: "Northwind Dental",
    domains: ["northwind.example"],
    people: "believable",
    syncEverySeconds: 2,
    processingMs: 100,
  });
  await signInAs("owner");

  await test.step("connect a tenant: probe, inventory, cut-over gate, mode", async () => {
    await page.goto("/tenants/new");
    await page.getByRole("textbox", { name: "Name" }).fill("Northwind Dental");
    await page.getByRole("textbox", { name: "Tenant URL" }).fill("http://northwind.example/scim/v2");
    await page.getByRole("textbox", { name: "SCIM token" }).fill(northwind.token);
    await page.getByRole("textbox", { name: "E-mail domains" }).fill("northwind.example");
    await page.getByRole("button", { name: "Connect tenant" }).click();
    await expect(page.getByText("would send the token unencrypted").first()).toBeVisible();
    await page.getByRole("textbox", { name: "Tenant URL" }).fill(northwind.tenantUrl);
    await page.getByRole("button", { name: "Connect tenant" }).click();
    await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]{36}/);
    await expect(page.getByText("Full read", { exact: true })).toBeVisible();
    await expect(page.getByText("writes are refused")).toBeVisible();

    await page.getByRole("link", { name: "Open the cut-over gate" }).click();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Adopt the inventory" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("These are the client's people");
    await dialog.getByRole("button", { name: "Adopt the inventory of Northwind Dental" }).click();
    await expect(dialog).toBeHidden();

    await page.getByRole("button", { name: "Sign and choose the mode" }).click();
    await dialog.getByText("Source", { exact: true }).click();
    await dialog.getByRole("button", { name: /Test Mode in KnowBe4/ }).click();
    await page.getByRole("option", { name: "Off" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("Agreed with the client on 20 November");
    await dialog
      .getByRole("checkbox", { name: /I have seen that 0 of \d+ active people/ })
      .check({ force: true });
    await dialog.getByRole("textbox", { name: /to sign/ }).fill("Northwind Dental");
    await dialog.getByRole("button", { name: "Sign and set Northwind Dental to source" }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step("onboard one new hire in three tenants with groups", async () => {
    await page.goto("/changes/new/onboard");
    await page.getByRole("textbox", { name: "First name" }).fill("Amélie");
    await page.getByRole("textbox", { name: "Last name" }).fill("O’Hara");
    await page.getByRole("textbox", { name: "Department" }).fill("Legal");
    for (const tenant of ["Contoso Legal", "Lakeshore Credit Union", "Northwind Dental"]) {
      await page.getByRole("checkbox", { name: tenant }).check({ force: true });
    }
    await expect(page.locator('input[value="amelie.ohara@northwind.example"]')).toBeVisible();
    for (const group of ["New Hires", "Remote"]) {
      await page.getByRole("combobox", { name: "Add to a group" }).fill(group);
      await page.keyboard.press("Enter");
    }
    await page.getByRole("textbox", { name: "Reason" }).fill("Starts on Monday");
    await page.getByRole("textbox", { name: "Ticket" }).fill("HALO-48213");
    await page.getByRole("button", { name: /^Plan to onboard/ }).click();

    await expect(page.getByRole("heading", { name: "Onboard Amélie O’Hara" })).toBeVisible();
    await expect(page.getByText("may enrol 3 new or restored accounts")).toBeVisible();
    await page.getByRole("button", { name: "Apply 9 operations in 3 tenants" }).click();
  });

  await test.step("watch it reach confirmed", async () => {
    await expect(page.getByText("9 of 9 operations confirmed").first()).toBeVisible({ timeout: 60_000 });
    await page.getByText("amelie.ohara@northwind.example").click();
    await expect(page.getByText(/POST/).first()).toBeVisible();
    const users = await control<unknown>("GET", `/tenants/${northwind.slug}/console/users?q=amelie.ohara`);
    expect(JSON.stringify(users)).toContain("amelie.ohara@northwind.example");
  });

  await test.step("offboard the same person everywhere", async () => {
    await page.goto("/people?q=amelie.ohara");
    await page.getByRole("link", { name: "Amélie O’Hara" }).first().click();
    await page.getByRole("link", { name: "Offboard everywhere" }).click();
    await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(3);
    await page.getByRole("textbox", { name: "Reason" }).fill("Left on 20 November");
    await page.getByRole("button", { name: "Plan to offboard Amélie O’Hara in 3 tenants" }).click();
    await page.getByRole("button", { name: "Apply 3 operations in 3 tenants" }).click();
    await expect(page.getByText("3 of 3 operations confirmed").first()).toBeVisible({ timeout: 60_000 });
  });

  await test.step("read the audit and verify it", async () => {
    await page.goto("/audit");
    await expect(page.getByRole("link", { name: "operation.confirmed" }).first()).toBeVisible();
    await page.goto("/audit?action=tenant.mode_changed");
    await page.getByRole("link", { name: "tenant.mode_changed" }).first().click();
    await expect(page.getByText("Agreed with the client on 20 November")).toBeVisible();
    await page.getByRole("button", { name: "Verify" }).click();
    await expect(page.getByText(/Verified intact by/)).toBeVisible();
  });

  await test.step("no page, bundle or log holds the token", async () => {
    const haystacks = { pages: received.join("\n"), logs: readLogs(), bundles: readBundles() };
    for (const [where, text] of Object.entries(haystacks)) {
      expect(text.length, `${where} were read`).toBeGreaterThan(1_000);
      expect(text.includes(northwind.token), `the token is in the ${where}`).toBe(false);
    }
  });
});
