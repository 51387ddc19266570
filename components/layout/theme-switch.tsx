"use client";

import { Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { type Theme, themeCookieName } from "@/components/layout/theme";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/overlays/menu";

const yearSeconds = 365 * 24 * 60 * 60;

/**
 * Applies the theme at once and sets a cookie, so that the server renders the next page in that theme: no inline
 * script, so the content policy needs no exception.
 */
export function ThemeSwitch() {
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton label="Theme">
          <SunMoon aria-hidden />
        </IconButton>
      }
      entries={[
        { id: "system", label: "As the system", icon: <Monitor aria-hidden />, onAction: () => choose(null) },
        { id: "light", label: "Light", icon: <Sun aria-hidden />, onAction: () => choose("light") },
        { id: "dark", label: "Dark", icon: <Moon aria-hidden />, onAction: () => choose("dark") },
      ]}
    />
  );
}

function choose(theme: Theme | null) {
  const root = document.documentElement;
  const attributes = `Path=/; SameSite=Lax; Max-Age=${theme ? yearSeconds : 0}`;
  document.cookie = `${themeCookieName}=${theme ?? ""}; ${attributes}`;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}
