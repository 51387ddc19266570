import { type ConsoleUserView, listConsoleUsers, toConsoleUserView } from "./console-edits";
import { consoleUrlOf, type Notice, toTenantHead, toButton, toPage } from "./console-layout";
import { type Html, html, when } from "./html";
import { type ConsoleUser, personNameOf } from "./records";
import { countSeatsUsed, type Tenant } from "./tenant";
import type { World } from "./world";

const pageSize = 50;

/** The list of tenants, and the form for a new one. */
export function toTenantsPage(world: World, notice: Notice | null): string {
  const tenants = [...world.tenants.values()];
  return toPage(
    "",
    notice,
    html`<h1>Tenants</h1>
${when(tenants.length === 0, () => html`<p class="quiet">There are no tenants yet. Create one below.</p>`)}
${when(
  tenants.length > 0,
  () => html`<div class="scroll"><table><thead><tr><th>Tenant</th><th class="number">People</th><th class="number">Seats</th>
<th class="number wide">Syncs</th></tr></thead><tbody>${tenants.map(toTenantRow)}</tbody></table></div>`,
)}
<h2>New tenant</h2>
<form class="grid" method="post" action="/tenants">
<label>Name<input name="name" required maxlength="200"></label>
<label>Domain<input name="domain" placeholder="acme.example"></label>
<label>Seats<input name="seats" type="number" min="0" placeholder="No limit"></label>
<label>People<select name="people"><option value="believable">40 to 60 made-up people</option>
<option value="0">Nobody</option></select></label>
<label>SCIM source so far<select name="mailbox"><option value="empty">None: the console alone holds them</option>
<option value="full">Already provisioned over SCIM</option></select></label>
<label>Test Mode<select name="testMode"><option value="on">On</option><option value="">Off</option></select></label>
<div class="row"><button>Create tenant</button></div>
</form>`,
  );
}

function toTenantRow(tenant: Tenant): Html {
  const { settings, console } = tenant;
  return html`<tr><td><a href="${consoleUrlOf(tenant)}">${settings.name}</a>
${when(settings.testMode, () => html`<span class="badge warn">Test Mode</span>`)}<br>
<span class="quiet">${settings.domains.join(", ")}</span></td>
<td class="number">${console.users.size}</td>
<td class="number">${countSeatsUsed(tenant)} of ${settings.seats ?? "no limit"}</td>
<td class="number wide">${tenant.syncCount}</td></tr>`;
}

/** The people of a tenant; `page` starts at 1. */
export function toUsersPage(tenant: Tenant, query: string, page: number, notice: Notice | null): string {
  const found = listConsoleUsers(tenant, query);
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  const url = `${consoleUrlOf(tenant)}?tab=users&q=${encodeURIComponent(query)}&page=`;
  return toPage(
    tenant.settings.name,
    notice,
    html`${toTenantHead(tenant, "users")}
<form class="row" method="get" action="${consoleUrlOf(tenant)}"><input type="hidden" name="tab" value="users">
<label>Search people<input type="search" name="q" value="${query}"></label><button>Search</button></form>
<p class="quiet">${found.length} ${found.length === 1 ? "person" : "people"} ·
${countSeatsUsed(tenant)} of ${tenant.settings.seats ?? "unlimited"} seats taken</p>
<div class="scroll"><table><thead><tr><th>Person</th><th class="wide">Title</th><th class="wide">Department</th>
<th>State</th></tr></thead><tbody>${shown.map((view) => toUserRow(tenant, view))}</tbody></table></div>
<p class="row">${when(page > 1, () => html`<a href="${url}${page - 1}">Previous</a>`)}
${when(page * pageSize < found.length, () => html`<a href="${url}${page + 1}">Next</a>`)}</p>`,
  );
}

function toUserRow(tenant: Tenant, view: ConsoleUserView): Html {
  return html`<tr><td><a href="${consoleUrlOf(tenant)}/users/${view.id}"><bdi>${view.name}</bdi></a><br>
<span class="quiet">${view.userName}</span></td><td class="wide">${view.title}</td>
<td class="wide">${view.department}</td><td>${toBadges(view)}</td></tr>`;
}

function toBadges(view: ConsoleUserView): Html {
  return html`${
    view.archived
      ? html`<span class="badge warn">Archived</span>`
      : html`<span class="badge good">Active</span>`
  } ${when(view.admin, () => html`<span class="badge">Admin</span>`)}
${when(!view.provisioningManaged, () => html`<span class="badge">Not provisioning managed</span>`)}`;
}

/** One person, with the form that creates drift. */
export function toUserPage(tenant: Tenant, user: ConsoleUser, notice: Notice | null): string {
  const view = toConsoleUserView(user);
  const url = `${consoleUrlOf(tenant)}/users/${user.id}`;
  const groups = [...tenant.console.groups.byId.values()].filter(
    (group) => group.archivedMs === null && group.members.has(user.id),
  );
  return toPage(
    view.name,
    notice,
    html`${toTenantHead(tenant, "users")}
<h2><bdi>${view.name}</bdi> ${toBadges(view)}</h2>
<p class="quiet">An edit here changes only the console. The next sync that writes this person overwrites it with the SCIM source's values.</p>
<form class="grid" method="post" action="${url}">
${toField("userName", "Email", view.userName)}
${toField("displayName", "Display name", view.displayName)}
${toField("givenName", "First name", view.givenName)}
${toField("familyName", "Last name", view.familyName)}
${toField("title", "Job title", view.title)}
${toField("department", "Department", view.department)}
${toField("division", "Division", view.division)}
${toField("employeeNumber", "Employee number", view.employeeNumber)}
${toField("location", "Location", view.location)}
<div class="row"><button>Save in the console</button></div></form>
<div class="row">
${view.archived ? toButton(`${url}/restore`, "Restore") : toButton(`${url}/archive`, "Archive", "danger")}
${view.admin ? toButton(`${url}/admin-off`, "Remove admin") : toButton(`${url}/admin-on`, "Make admin")}
${
  view.provisioningManaged
    ? toButton(`${url}/managed-off`, "Turn Provisioning Managed off")
    : toButton(`${url}/managed-on`, "Turn Provisioning Managed on")
}</div>
<dl><dt>Groups</dt><dd>${groups.map((group) => group.displayName).join(", ") || "None"}</dd>
<dt>Aliases</dt><dd>${view.aliases.join(", ") || "None"}</dd>
<dt>Identifier</dt><dd><code>${view.id}</code></dd></dl>`,
  );
}

function toField(name: string, label: string, value: string): Html {
  return html`<label>${label}<input name="${name}" value="${value}" dir="auto" maxlength="200"></label>`;
}

export function toGroupsPage(tenant: Tenant, notice: Notice | null): string {
  const groups = [...tenant.console.groups.byId.values()];
  return toPage(
    tenant.settings.name,
    notice,
    html`${toTenantHead(tenant, "groups")}
${when(groups.length === 0, () => html`<p class="quiet">There are no groups.</p>`)}
${groups.map(
  (group) => html`<details><summary>${group.displayName} · ${group.members.size}
${when(group.archivedMs !== null, () => html`<span class="badge warn">Archived</span>`)}
${when(!group.isProvisioningManaged, () => html`<span class="badge">Made in the console</span>`)}</summary>
<ul>${[...group.members].slice(0, 200).map((id) => {
    const user = tenant.console.users.find(id);
    return html`<li><bdi>${user === null ? id : personNameOf(user.resource)}</bdi></li>`;
  })}</ul></details>`,
)}`,
  );
}
