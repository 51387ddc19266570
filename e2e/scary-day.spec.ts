import { startFaultyProxy } from "./faulty-proxy";
import { expect, test } from "./fixtures";

test("a client's list that arrives with 40 % of its rows archives nobody and leaves one held issue", async ({
  page,
  signInAs,
}) => {
  test.slow();
  await signInAs("owner");

  const { tenantId, active, list } = await test.step("take the list of a tenant's people", async () => {
    await page.goto("/tenants");
    await page.getByRole("link", { name: "Adventure Works" }).first().click();
    await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]{36}/);
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const answer = await page.request.get(`/api/exports/people?tenant=${id}`);
    const [header = "", ...rows] = (await answer.text()).trim().split("\r\n");
    const people = rows.filter((row) => row.includes(",active,"));
    expect(people.length).toBeGreaterThan(30);
    return { tenantId: id, active: people.length, list: { header, people } };
  });
  const kept = list.people.slice(0, Math.floor(active * 0.4));

  await test.step("deliver 40 % of it as the whole list", async () => {
    await page.goto(`/imports/new?tenant=${tenantId}`);
    await page.locator("input[type=file]").setInputFiles({
      name: "staff.csv",
      mimeType: "text/csv",
      buffer: Buffer.from([list.header, ...kept].join("\r\n")),
    });
    await page.getByRole("button", { name: "Upload and read the file" }).click();
    await page.getByText("Everybody", { exact: true }).click();
    await page.getByRole("button", { name: `Check ${kept.length} rows` }).click();
    await page.getByRole("textbox", { name: "Reason" }).fill("November staff list from the client");
    await page.getByRole("button", { name: new RegExp(`^Plan ${kept.length} rows`) }).click();
  });

  const absent = active - kept.length;
  await test.step("archives of absent people are held, and the file becomes the roster", async () => {
    await expect(
      page.getByText(`Held for a second operator: archive ${absent} people in Adventure Works`),
    ).toBeVisible();
    await expect(page.getByText("Held: the source shrank").first()).toBeVisible();
    await page.getByRole("button", { name: "Save this list without sending" }).click();
    await expect(page.getByRole("button", { name: "Save this list without sending" })).toBeHidden();
  });

  await test.step("one issue says so", async () => {
    await page.goto("/issues");
    await expect(page.getByRole("heading", { name: "Held: the source shrank" })).toHaveCount(1);
  });

  await test.step("nobody was archived", async () => {
    await page.goto(`/tenants/${tenantId}?tab=people&state=active`);
    await page.getByRole("button", { name: "Read Adventure Works again" }).click();
    await expect(page.getByRole("link", { name: `Active ${active}` })).toBeVisible();
  });
});

test.describe("with a server that goes away", () => {
  test.use({ expectedErrors: /net::ERR_|Failed to fetch/ });

  test("a list of 2,400 people is planned by a worker, and its page shows the plan once the server is back", async ({
    page,
    signInAs,
  }) => {
    await signInAs("owner");
    await page.goto("/tenants");
    await page.getByRole("link", { name: "Contoso Legal" }).first().click();
    await expect(page).toHaveURL(/\/tenants\/[0-9a-f-]{36}/);
    const tenantId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const rows = Array.from({ length: 2_400 }, (_, n) => `new${n}@contoso.example,New,Person ${n}`);
    const faulty = await startFaultyProxy();

    await page.goto(`${faulty.origin}/imports/new?tenant=${tenantId}`);
    await page.locator("input[type=file]").setInputFiles({
      name: "merger.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(["userName,givenName,familyName", ...rows].join("\r\n")),
    });
    await page.getByRole("button", { name: "Upload and read the file" }).click();
    await page.getByRole("button", { name: "Check 2,400 rows" }).click();
    await page.getByRole("textbox", { name: "Reason" }).fill("A merger brings a second firm");
    await page.getByRole("button", { name: /^Plan 2,400 rows/ }).click();

    const notice = page.getByText("It compares more than 2,000 people.");
    await expect(notice).toBeVisible();
    await expect(page.getByRole("button", { name: "Apply", exact: true })).toHaveAccessibleDescription(
      /A worker is making this plan/,
    );
    faulty.fail("down");
    await expect(page.getByText("Rollcall is not reached. Trying again")).toBeVisible();
    faulty.fail("none");
    await expect(page.getByRole("button", { name: "Apply 2,400 operations in Contoso Legal" })).toBeVisible();
    await expect(notice).toBeHidden();
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("This plan was discarded")).toBeVisible();
    await faulty.close();
  });
});
