import { test as base, type ConsoleMessage, expect, type Page } from "@playwright/test";
import { credentialsOf, type Role } from "./demo";

type Fixtures = {
  /** Messages that the browser itself prints when a test cuts the network. */
  expectedErrors: RegExp | null;
  /** Signs in through the form, as this role's demo operator. */
  signInAs: (role: Role) => Promise<void>;
  /** Every text that a browser of this test received: documents, data and scripts. */
  received: string[];
};

export const test = base.extend<Fixtures>({
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
  signInAs: async ({ page }, provide) => {
    await provide((role) => signIn(page, role));
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

async function signIn(page: Page, role: Role): Promise<void> {
  const { email, password } = credentialsOf(role);
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
}
