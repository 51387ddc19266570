export type Theme = "light" | "dark";

/** The cookie that holds a chosen theme. Absent, the system's setting counts. */
export const themeCookieName = "theme";

/** Cookies are the visitor's to write: anything but the two words is no choice. */
export function toTheme(value: string | undefined): Theme | null {
  return value === "light" || value === "dark" ? value : null;
}
