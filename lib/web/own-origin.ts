/**
 * Whether a page of ours sent this request. Next compares Origin with Host, and accepts a request without Origin or
 * with an X-Forwarded-Host that agrees with a foreign Origin (seen on 16.4.6); neither is accepted here.
 * @param appOrigin APP_ORIGIN
 */
export function isOwnOrigin(headers: Headers, appOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  return headers.get("origin") === new URL(appOrigin).origin && (site === null || site === "same-origin");
}
