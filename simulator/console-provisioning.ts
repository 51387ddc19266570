import { consoleUrlOf, type Notice, toTenantHead, toButton, toPage } from "./console-layout";
import { type Html, html, when } from "./html";
import type { Sync, SyncCounts } from "./sync-record";
import type { Tenant } from "./tenant";

const syncsShown = 30;

/** The Provisioning tab: how the SCIM source is connected, and the results of its syncs. */
export function toProvisioningPage(tenant: Tenant, tenantUrl: string, notice: Notice | null): string {
  const { settings } = tenant;
  const url = consoleUrlOf(tenant);
  return toPage(
    tenant.settings.name,
    notice,
    html`${toTenantHead(tenant, "provisioning")}
<dl><dt>Tenant URL</dt><dd><code>${tenantUrl}</code></dd>
<dt>SCIM token</dt><dd>${tenant.token === null ? "None: no SCIM source is linked" : "Set. It was shown once."}</dd>
<dt>Test Mode</dt><dd>${settings.testMode ? "On: syncs report and change nothing" : "Off"}</dd>
<dt>Syncs</dt><dd>${
      settings.syncEverySeconds === 0
        ? "By Force Sync Now only"
        : `Every ${settings.syncEverySeconds} s after a change`
    }</dd>
<dt>Accepted, not yet synced</dt><dd>People: ${tenant.touched.users.size}.
Groups: ${tenant.touched.groups.size}.</dd></dl>
<div class="row">
${toButton(`${url}/force-sync`, "Force Sync Now")}
${settings.testMode ? toButton(`${url}/test-mode-off`, "Turn Test Mode off") : toButton(`${url}/test-mode-on`, "Turn Test Mode on")}
${toButton(`${url}/token-regenerate`, "Regenerate token", "danger")}
${when(tenant.token !== null, () => toButton(`${url}/token-revoke`, "Revoke token", "danger"))}
</div>
<h2>Syncs</h2>
${when(tenant.syncs.length === 0, () => html`<p class="quiet">No sync has run yet.</p>`)}
${tenant.syncs.slice(-syncsShown).reverse().map(toSync)}`,
  );
}

function toSync(sync: Sync): Html {
  const errors = sync.report.filter((line) => line.level === "error").length;
  return html`<details><summary><strong>${sync.status}</strong>
${when(sync.testMode, () => html`<span class="badge warn">Test Mode</span>`)}
${when(sync.forced, () => html`<span class="badge">Forced</span>`)}
${when(errors > 0, () => html`<span class="badge warn">${errors} not changed</span>`)}
<span class="quiet">${sync.finishedAt ?? sync.createdAt} · ${toTotals(sync)}</span></summary>
<div class="scroll"><table><thead><tr><th></th><th class="number">Created</th><th class="number">Archived</th>
<th class="number">Restored</th><th class="number">Changed</th>
</tr></thead><tbody>${toCountsRow("Users", sync.users)}${toCountsRow("Groups", sync.groups)}
${toCountsRow("Memberships", sync.memberships)}</tbody></table></div>
<ul>${sync.report.map((line) => html`<li class="${line.level}"><bdi>${line.subject}</bdi> ${line.message}</li>`)}
${when(sync.reportLeftOff > 0, () => html`<li>And ${sync.reportLeftOff} more.</li>`)}</ul></details>`;
}

function toTotals(sync: Sync): string {
  const { created, archived, restored, changed } = sync.users;
  return `users: ${created} created, ${archived} archived, ${restored} restored, ${changed} changed`;
}

function toCountsRow(label: string, counts: SyncCounts): Html {
  return html`<tr><th scope="row">${label}</th><td class="number">${counts.created}</td>
<td class="number">${counts.archived}</td><td class="number">${counts.restored}</td>
<td class="number">${counts.changed}</td></tr>`;
}
