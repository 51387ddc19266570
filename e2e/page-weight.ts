import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";

/** The server's answer for a page, before anything is rendered. */
export type Served = {
  html: string;
  /** Addresses of the scripts that the browser fetches for it, each once. */
  scripts: string[];
};

/** Requests a page as a signed-in browser would, and follows no link. */
export async function servePage(request: APIRequestContext, address: string): Promise<Served> {
  const answer = await request.get(address);
  if (answer.status() !== 200) throw new Error(`${address} answered ${answer.status()}`);
  const html = await answer.text();
  return { html, scripts: listScripts(html) };
}

/** Browsers that support modules do not fetch a `nomodule` script. */
function listScripts(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const found = tags.flatMap((tag) => {
    if (/^<script/.test(tag)) return /\bnomodule\b/i.test(tag) ? [] : readAttribute(tag, "src");
    const isScript =
      /rel="modulepreload"/.test(tag) || (/rel="preload"/.test(tag) && /as="script"/.test(tag));
    return isScript ? readAttribute(tag, "href") : [];
  });
  return [...new Set(found)];
}

function readAttribute(tag: string, name: string): string[] {
  const value = new RegExp(`\\b${name}="([^"]+)"`).exec(tag)?.[1];
  return value === undefined ? [] : [value.replaceAll("&amp;", "&")];
}

/** The addresses with this beginning that a page links to, each once. */
export function listLinks(html: string, begin: string): string[] {
  const found = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  return [...new Set(found.filter((href) => href.startsWith(begin)))];
}

export function countGzipped(text: string): number {
  return gzipSync(text).byteLength;
}

/** Sums the compressed size of scripts; each is fetched once, however many pages load it. */
export class ScriptScale {
  readonly #bytes = new Map<string, number>();

  constructor(private readonly request: APIRequestContext) {}

  async weigh(scripts: readonly string[]): Promise<number> {
    let sum = 0;
    for (const script of scripts) sum += await this.#weighOne(script);
    return sum;
  }

  async #weighOne(script: string): Promise<number> {
    const known = this.#bytes.get(script);
    if (known !== undefined) return known;
    const bytes = gzipSync(await (await this.request.get(script)).body()).byteLength;
    this.#bytes.set(script, bytes);
    return bytes;
  }
}
