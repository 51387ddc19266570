/** Words for active people and for people who left, in English, German, French, Spanish and Dutch. */
const active = toSet(
  "active activated enabled current employed yes true 1 y x aktiv aktiviert ja wahr actif active activé oui vrai activo activa sí si verdadero actief ingeschakeld waar",
);
const archived = toSet(
  "archived inactive deactivated disabled suspended terminated left leaver blocked deleted no false 0 n inaktiv archiviert deaktiviert gesperrt ausgetreten nein falsch inactif inactive archivé désactivé non faux inactivo archivado desactivado falso inactief gearchiveerd uitgeschakeld nee onwaar",
);

/** @returns null for a word that means neither */
export function readStatus(text: string): boolean | null {
  const word = toWord(text);
  if (active.has(word)) return true;
  return archived.has(word) ? false : null;
}

/** The inverse, for a column headed "Archived": yes means no longer active. */
export function readArchived(text: string): boolean | null {
  const word = toWord(text);
  if (["archived", "archiviert", "archive", "archivado", "gearchiveerd"].includes(word)) return false;
  const isYes = readStatus(text);
  return isYes === null ? null : !isYes;
}

function toSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").map(toWord));
}

function toWord(text: string): string {
  return text.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
