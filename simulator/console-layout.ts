import { Html, html, when } from "./html";
import type { Tenant } from "./tenant";

/** The message at a page's top: a refusal, or a token that is shown only this time. */
export interface Notice {
  isError: boolean;
  text: string;
  /** Tenant URL and token, to be copied. */
  credentials?: { tenantUrl: string; token: string };
}

export type Tab = "users" | "groups" | "provisioning";

/** A whole page. Every page says that this is a simulator. */
export function toPage(title: string, notice: Notice | null, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === "" ? "KnowBe4 simulator" : `${title} · KnowBe4 simulator`}</title>
<style>${style}</style>
</head>
<body>
<header><a href="/"><strong>KnowBe4 simulator</strong></a>
<span class="quiet">Made-up accounts for development. Not a KnowBe4 service.</span></header>
<main>
${notice === null ? [] : [toNotice(notice)]}
${body}
</main>
</body>
</html>`.text;
}

/** The heading and the tabs of one tenant. */
export function toTenantHead(tenant: Tenant, current: Tab): Html {
  const tabs: [Tab, string][] = [
    ["users", "Users"],
    ["groups", "Groups"],
    ["provisioning", "Provisioning"],
  ];
  return html`<h1>${tenant.settings.name}
${when(tenant.settings.testMode, () => html`<span class="badge warn">Test Mode</span>`)}</h1>
<nav aria-label="Console">${tabs.map(([tab, label]) =>
    tab === current
      ? html`<a aria-current="page" href="${consoleUrlOf(tenant)}?tab=${tab}">${label}</a>`
      : html`<a href="${consoleUrlOf(tenant)}?tab=${tab}">${label}</a>`,
  )}</nav>`;
}

/** A form of one button that posts to `action`. */
export function toButton(action: string, label: string, kind: "plain" | "danger" = "plain"): Html {
  return html`<form method="post" action="${action}"><button class="${kind}">${label}</button></form>`;
}

export function consoleUrlOf(tenant: Tenant): string {
  return `/t/${tenant.slug}/console`;
}

function toNotice(notice: Notice): Html {
  return html`<div role="status" class="notice ${notice.isError ? "error" : ""}"><p>${notice.text}</p>
${
  notice.credentials === undefined
    ? []
    : [
        html`<dl><dt>Tenant URL</dt><dd><code>${notice.credentials.tenantUrl}</code></dd>
<dt>SCIM token</dt><dd><code>${notice.credentials.token}</code></dd></dl>`,
      ]
}</div>`;
}

const style = new Html(`
:root { color-scheme: light dark; --ink: #1c2330; --quiet: #5a6475; --page: #f6f7f9; --card: #fff; --line: #d8dde5;
  --accent: #1c5fb8; --warn: #8a5200; --warn-back: #fdf0d9; --bad: #a3261b; --bad-back: #fdeceb; --good: #1b6b3a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ef; --quiet: #9aa5b6; --page: #12161d; --card: #1a2029; --line: #323b48;
    --accent: #7fb3ff; --warn: #f3c078; --warn-back: #3a2c12; --bad: #ff9c92; --bad-back: #3d1c1a; --good: #7fd6a0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 12px 16px;
  background: var(--card); border-bottom: 1px solid var(--line); }
main { max-width: 1100px; margin: 0 auto; padding: 16px; }
h1 { font-size: 22px; margin: 8px 0 12px; } h2 { font-size: 17px; margin: 24px 0 8px; }
a { color: var(--accent); } .quiet { color: var(--quiet); }
nav { display: flex; gap: 16px; border-bottom: 1px solid var(--line); margin-bottom: 16px; }
nav a { padding: 8px 0; text-decoration: none; }
nav a[aria-current] { border-bottom: 2px solid var(--accent); font-weight: 600; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; } tr:last-child > * { border-bottom: 0; }
thead tr:last-child > * { border-bottom: 1px solid var(--line); }
.number { text-align: end; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; font-size: 12px; font-weight: 600; padding: 1px 8px; border-radius: 999px;
  border: 1px solid var(--line); color: var(--quiet); white-space: nowrap; }
.badge.warn { color: var(--warn); background: var(--warn-back); border-color: transparent; }
.badge.good { color: var(--good); }
.notice { background: var(--card); border: 1px solid var(--line); border-inline-start: 4px solid var(--accent);
  border-radius: 8px; padding: 8px 16px; margin-bottom: 16px; }
.notice.error, li.error { color: var(--bad); } .notice.error { background: var(--bad-back); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin: 12px 0; }
form.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; max-width: 760px; }
label { display: grid; gap: 2px; font-weight: 600; font-size: 13px; }
input, select, button { font: inherit; font-weight: 400; font-size: 15px; color: inherit; min-height: 40px; padding: 6px 12px; border-radius: 6px;
  border: 1px solid var(--line); background: var(--card); max-width: 100%; }
button { cursor: pointer; font-weight: 600; } button.danger { color: var(--bad); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { overflow-wrap: anywhere; } dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; }
dd { margin: 0; } details { margin: 8px 0; }
@media (max-width: 480px) { dl { grid-template-columns: 1fr; } main { padding: 12px; } .wide { display: none; } }
`);
