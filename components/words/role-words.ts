import type { Role } from "@/lib/auth/roles";

export const roleWords: Record<Role, { word: string; meaning: string }> = {
  owner: { word: "Owner", meaning: "Does everything, in every tenant, and manages operators." },
  technician: {
    word: "Technician",
    meaning: "Connects tenants and changes people, in the tenants granted to them.",
  },
  auditor: { word: "Auditor", meaning: "Reads and exports everything, and changes nothing." },
};
