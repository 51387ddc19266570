import {
  test as base,
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { credentialsOf, ORIGIN, type Role } from "./demo";

type Fixtures = {
  /** Messages that the browser itself prints when a test cuts the network. */
  expectedErrors: RegExp | null;
  /** Gives the test's browser a session of this role's demo operator. No page is opened. */
  signInAs: (role: Role) => Promise<void>;
  /** Every text that a browser of this test received: documents, data and scripts. */
  received: string[];
};

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

type SharedFixtures = {
  /** The cookies of one session for each role. A test that signs out needs a session of its own. */
  sessionOf: (role: Role) => Promise<Cookies>;
};

export const test = base.extend<Fixtures, SharedFixtures>({
  sessionOf: [
    async ({ browser }, provide) => {
      const sessions = new Map<Role, Promise<Cookies>>();
      await provide((role) => {
        const session = sessions.get(role) ?? openSession(browser, role);
        sessions.set(role, session);
        return session;
      });
    },
    { scope: "worker" },
  ],
  expectedErrors: [null, { option: true }],
  page: async ({ page, expectedErrors }, provide) => {
    const errors: string[] = [];
    page.on(
      "console",
      (message: ConsoleMessage) => message.type() === "error" && errors.push(message.text()),
    );
    page.on("pageerror", (error) => errors.push(String(error)));
    await provide(page);
    // A refused sign-in and a page that does not exist are answers, but the browser prints them as errors.
    const unexpected = errors.filter(
      (text) => !/status of (401|403|404)/.test(text) && !expectedErrors?.test(text),
    );
    expect(unexpected, "errors on the browser's console").toEqual([]);
  },
  signInAs: async ({ context, sessionOf }, provide) => {
    await provide(async (role) => context.addCookies(await sessionOf(role)));
  },
  received: async ({ page }, provide) => {
    const texts: string[] = [];
    page.on("response", (response) => {
      if (/font|image/.test(response.headers()["content-type"] ?? "")) return;
      response.text().then(
        (text) => texts.push(text),
        () => undefined,
      );
    });
    await provide(texts);
  },
});

export { expect };

async function openSession(browser: Browser, role: Role): Promise<Cookies> {
  const context = await browser.newContext({ baseURL: ORIGIN });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await fillSignIn(page, role);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** Signs in through the form on this page, as this role's demo operator. */
export async function fillSignIn(page: Page, role: Role): Promise<void> {
  const { email, password } = credentialsOf(role);
  // Until its scripts have come: what is typed into a page before that may be put back by React.
  await page.waitForLoadState("networkidle");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  const press = () => page.getByRole("button", { name: "Sign in" }).click();
  // Another test enters wrong passwords from this address, so the form may ask to wait and press again.
  const asksToWait = page.getByRole("alert").filter({ hasText: "Too many attempts" });
  await press();
  await expect(async () => {
    if (await asksToWait.isVisible()) await press();
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
}
