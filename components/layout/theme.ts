export type Theme = "light" | "dark";

/** The cookie that holds a chosen theme. Without it, the system's setting applies. */
export const themeCookieName = "theme";

/** Visitors can write cookies: anything but the two known values is ignored. */
export function toTheme(value: string | undefined): Theme | null {
  return value === "light" || value === "dark" ? value : null;
}
