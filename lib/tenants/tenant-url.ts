/** Which hosts a Tenant URL may name. */
export interface TenantUrlRules {
  /** Whether servers on this machine count as tenants too: a simulator, a test. Never in production. */
  readonly loopback: boolean;
  /** In ASCII, matched at a label's start: "knowbe4.com" allows eu.knowbe4.com and not evilknowbe4.com. */
  readonly hostSuffixes: readonly string[];
}

export type TenantUrlResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string };

/**
 * Parses a Tenant URL as a person pasted it. Exactly one spelling is accepted. Every other way to write the same
 * place is refused, because the bearer token goes wherever this points and the next parser may read it differently.
 *
 * KnowBe4 does not publish the shape of its Tenant URLs; third parties report training.knowbe4.com/scim/v2,
 * eu.api.knowbe4.com/scim/v2 and dev.scim.knowbe4.com with no path. So the URL only has to look like SCIM: the path
 * has the segments `scim/v2` (RFC 7644 section 3.13) or ends in `scim`, or a label of the host is `scim`. With
 * `loopback`, http and https on 127.0.0.1, [::1] and localhost are accepted, on any port and path. Pure and free of
 * Node, so that a form can run it in the browser.
 *
 * @returns the URL without a trailing slash or default port; or cause, effect and next step. The message quotes at
 *   most 120 characters, of the host alone: an accidental paste may be a token.
 */
export function parseTenantUrl(raw: string, rules: TenantUrlRules): TenantUrlResult {
  const text = raw.trim();
  // Printable ASCII without the backslash: parsers drop tabs and line ends, and read a backslash as a slash.
  const isPlain = /^[!-[\]-~]{1,2048}$/.test(text);
  const typed = urlPattern.exec(text)?.groups;
  const url = URL.parse(text);
  if (!isPlain || typed === undefined || url === null) return refuse(refusals.form);
  const { scheme = "", authority = "", path = "", rest = "" } = typed;
  if (authority.includes("@")) return refuse(refusals.userinfo);
  if (rest !== "") return refuse(refusals.rest);
  if (url.pathname !== (path || "/") || !/^(\/[\w.~-]+)*\/?$/.test(path)) return refuse(refusals.path);
  const [host, port] = splitPort(authority.toLowerCase());
  // Judge the typed text: the parser turns 0x7f.1 into 127.0.0.1 and %6b into k, and disguises are refused.
  const canonicalPath = path.replace(/\/$/, "");
  if (rules.loopback && loopbackHosts.includes(host))
    return { ok: true, url: `${url.protocol}//${url.host}${canonicalPath}` };
  if (scheme.toLowerCase() !== "https") return refuse(refusals.scheme);
  if (port !== "" && port !== ":443") return refuse(refusals.port);
  if (!isHostName(host) || !rules.hostSuffixes.some((suffix) => isUnder(host, suffix)))
    return refuse(toHostRefusal(host));
  if (!looksLikeScim(host, canonicalPath)) return refuse(refusals.notScim);
  return { ok: true, url: `https://${host}${canonicalPath}` };
}

const urlPattern = /^(?<scheme>https?):\/\/(?<authority>[^/?#]+)(?<path>[^?#]*)(?<rest>.*)$/i;

const loopbackHosts: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

const unsaved = "It was not saved.";
const copyAgain = "Copy the Tenant URL again from the tenant's KnowBe4 console, in its Account Settings.";
const refusals = {
  form: `This is not an https:// URL of plain characters. ${unsaved} ${copyAgain}`,
  userinfo: `The URL holds a user name or password before "@". ${unsaved} Remove that part; the token has a field of its own.`,
  rest: `The URL holds "?" or "#". ${unsaved} Remove that character and what follows it.`,
  path: `The path holds "..", "//", "%" or other characters that a Tenant URL never has. ${unsaved} ${copyAgain}`,
  notScim: `The URL is not a SCIM address: its path neither contains /scim/v2 nor ends in /scim. ${unsaved} ${copyAgain}`,
  scheme: `The URL starts with http://, which would send the token unencrypted. ${unsaved} Use the https:// URL.`,
  port: `The URL names a port other than 443. ${unsaved} Remove the port.`,
};

function refuse(message: string): TenantUrlResult {
  return { ok: false, message };
}

function toHostRefusal(host: string): string {
  const shown = host.length > 120 ? `${host.slice(0, 119)}…` : host;
  return `The host "${shown}" is not allowed for tenants. ${unsaved} ${copyAgain} If it is right, your Rollcall administrator can allow its domain in TENANT_HOST_SUFFIXES.`;
}

/** Host and port as typed; the port keeps its colon, so that an empty one is seen. */
function splitPort(authority: string): [host: string, port: string] {
  const at = authority.startsWith("[") ? authority.indexOf("]") + 1 : authority.indexOf(":");
  return at <= 0 ? [authority, ""] : [authority.slice(0, at), authority.slice(at)];
}

/** RFC 1123 section 2.1 and RFC 1035 section 2.3.4. The last label has a letter: an IPv4 address is no name. */
function isHostName(host: string): boolean {
  const labels = host.split(".");
  const isLabel = (label: string) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label);
  return host.length <= 253 && labels.every(isLabel) && /[a-z]/.test(labels.at(-1) ?? "");
}

function isUnder(host: string, suffix: string): boolean {
  const domain = suffix.toLowerCase();
  return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
}

function looksLikeScim(host: string, path: string): boolean {
  const isScimPath = /\/scim(\/v2(\/|$)|$)/i.test(path);
  return isScimPath || host.split(".").includes("scim");
}
