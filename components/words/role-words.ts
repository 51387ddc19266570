import type { Role } from "@/lib/auth/roles";

export const roleWords: Record<Role, { word: string; meaning: string }> = {
  owner: { word: "Owner", meaning: "Can do everything in every tenant, and manages operators." },
  technician: {
    word: "Technician",
    meaning: "Connects tenants and changes people in granted tenants.",
  },
  auditor: { word: "Auditor", meaning: "Reads and exports everything. Cannot change anything." },
};
