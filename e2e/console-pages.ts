import fs from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../app/(console)");

/** Every page of the console, named by its folder: "/changes/[changeId]". A page added later is included. */
export function listConsolePages(): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === "page.tsx")
    .map(({ parentPath }) => `/${path.relative(folder, parentPath)}`);
}

/** Whether an address matches a page: "/changes/new" matches "/changes/new", not "/changes/[changeId]". */
export function isAddressOf(page: string, address: string, pages: readonly string[]): boolean {
  const { pathname } = new URL(address, "http://localhost");
  if (page.includes("[") && pages.includes(pathname)) return false;
  const pattern = page.replace(/\[\w+\]/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(pathname);
}
