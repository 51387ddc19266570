/**
 * Whether a page of ours sent this request. Next compares Origin with Host and lets a request without Origin pass,
 * and one whose X-Forwarded-Host agrees with a foreign Origin (seen on 16.4.6); here neither counts.
 * @param appOrigin APP_ORIGIN
 */
export function isOwnOrigin(headers: Headers, appOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  return headers.get("origin") === new URL(appOrigin).origin && (site === null || site === "same-origin");
}
