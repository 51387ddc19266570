import { type AttributeKey, attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import type { ColumnTarget } from "@/lib/imports/types";
import { toHeaderWord } from "@/lib/csv/header-word";

/**
 * Known headers by meaning, the surest first: names in English, German, French, Spanish and Dutch, of Microsoft
 * Entra's and Okta's exports, of Google's and Microsoft's upload templates, of BambooHR's reports, and of KnowBe4's CSV
 * template (support.knowbe4.com, article 204873347).
 */
const words: Partial<Record<ColumnTarget, string>> = {
  userName:
    "email emailaddress mail mailaddress primaryemail workemail useremail login username userlogin emailadresse mailadresse adresseemail adressemail courriel correo correoelectronico emailadres upn userprincipalname",
  givenName: "givenname firstname forename vorname prenom nombre primernombre voornaam",
  familyName:
    "familyname lastname surname nachname familienname zuname nomdefamille nom apellido apellidos achternaam familienaam",
  displayName:
    "displayname fullname anzeigename vollername nomcomplet nomaffiche nombrecompleto weergavenaam volledigenaam",
  title:
    "jobtitle title position function role stelle stellenbezeichnung funktion berufsbezeichnung poste fonction intitule cargo puesto functie functietitel employeetitle",
  userType: "usertype benutzertyp employeetype",
  externalId: "externalid objectid externeid immutableid",
  location:
    "location office officelocation site standort ort buro buero lieu emplacement bureau ubicacion sede oficina locatie vestiging physicaldeliveryofficename city workaddress",
  workPhone:
    "phonenumber workphone primaryphone businessphone officephone telephonenumber phone telephone telefon telefonnummer festnetz telefono telefoon telefoonnummer",
  mobilePhone:
    "mobilephonenumber mobilephone mobile cellphone cell mobil mobiltelefon mobilnummer handy natel portable movil celular mobiel",
  employeeNumber:
    "employeenumber employeeid employeeno empid empno personnelnumber staffid staffnumber personalnummer mitarbeiternummer matricule numerodeempleado personeelsnummer",
  department: "department abteilung departement service departamento afdeling",
  division: "division sparte bereich divisie",
  organization: "organization organisation societe empresa bedrijf",
  manager: "manageremail managermail manager vorgesetzteremail responsableemail supervisor leidinggevende",
  managerName:
    "managername managerdisplayname vorgesetzter vorgesetzte responsable jefe gerente reportsto reportingto supervisorname",
  country: "country countryorregion land pays pais usagelocation",
  companyName: "companyname company firma unternehmen entreprise",
  phishingLanguage: "phishinglanguage",
  trainingLanguage: "traininglanguage",
  hostname: "hostname computername",
  mailNickName: "mailnickname alias",
  onPremisesSamAccountName: "samaccountname onpremisessamaccountname",
  onPremisesSecurityIdentifier: "onpremisessecurityidentifier onpremisessid",
  userPrincipalName: "userprincipalname upn",
  lastPasswordChangeDateTime: "lastpasswordchangedatetime lastpasswordchange pwdlastset",
  groups: "groups group gruppen gruppe groupes groupe grupos grupo groepen groep memberof",
  status:
    "status active aktiv enabled accountenabled accountstatus userstatus actif statut activo estado actief kontostatus",
  archived:
    "archived disabled deactivated inactive blocked blocksignin blockcredential archiviert deaktiviert gesperrt archive desactive archivado desactivado gearchiveerd",
  tenant:
    "tenant tenantname client clientname customer customername mandant kunde kundenname cliente klant klantnaam account accountname domain domaene",
};

/** How surely a header means a target: 0 is surest. Null where it does not. */
export type HeaderMeaning = { target: ColumnTarget; rank: number };

/**
 * All meanings that a header may have. Google and Microsoft add notes and names in brackets ("First Name [Required]",
 * "Block sign in (Yes/No) [accountEnabled] Required"). The words before them decide: that column's yes means archived,
 * whatever its bracket says. What is in brackets decides only where those words say nothing.
 */
export function meaningsOf(header: string): HeaderMeaning[] {
  const whole = meanings.get(toHeaderWord(withoutSigns(header)));
  if (whole) return whole;
  const plain = meanings.get(toHeaderWord(withoutNotes(header)));
  if (plain) return plain.map(toLessSure);
  const named = [...header.matchAll(/\[([^\]]*)\]/g)].flatMap(
    ([, name = ""]) => meanings.get(toHeaderWord(name)) ?? [],
  );
  return named.map(toLessSure);
}

/** A header without notes: brackets, and whether it is required. */
export function withoutNotes(header: string): string {
  return withoutSigns(header)
    .replace(/\[[^\]]*\]/g, " ")
    .replace(/\((?:required|optional|yes\/no|y\/n)\)/gi, " ")
    .replace(/\brequired\b/gi, " ");
}

/** BambooHR writes "Employee #". */
function withoutSigns(header: string): string {
  return header.replaceAll("#", " number ");
}

function toLessSure({ target, rank }: HeaderMeaning): HeaderMeaning {
  return { target, rank: rank + LESS_SURE };
}

/** More than the words of any meaning, so that a plain header comes before one with notes. */
const LESS_SURE = 100;

/** Every known word with its meanings. */
export function listKnownWords(): readonly (readonly [word: string, meanings: readonly HeaderMeaning[]])[] {
  return [...meanings];
}

const meanings = toMeanings();

function toMeanings(): ReadonlyMap<string, HeaderMeaning[]> {
  const found = new Map<string, HeaderMeaning[]>();
  const add = (word: string, target: ColumnTarget, rank: number) => {
    const others = found.get(word) ?? [];
    if (!others.some((meaning) => meaning.target === target)) found.set(word, [...others, { target, rank }]);
  };
  for (const key of attributeKeys) for (const word of ownWords(key)) add(word, key, 0);
  for (const [target, list] of Object.entries(words)) {
    for (const [index, word] of list.split(" ").entries()) add(word, target as ColumnTarget, index + 1);
  }
  return found;
}

function ownWords(key: AttributeKey): string[] {
  return [toHeaderWord(key), toHeaderWord(attributes[key].label)];
}
