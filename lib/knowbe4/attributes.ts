import { coreUrn, enterpriseUrn, knowbe4Urn } from "@/lib/knowbe4/urns";

/**
 * Every attribute of a person that KnowBe4 takes over SCIM, in the order they are shown and sent.
 *
 * Sources: the attribute table of Microsoft's tutorial for KnowBe4 Security Awareness Training ("Entra") and the
 * field table of KnowBe4's guide "Configure SCIM for Okta" ("Okta"). `active` is left out on purpose: archive and
 * restore are operations of their own and must not be part of an update of details. E-mail aliases, time zone,
 * extension, language, comment and start date cannot be set over SCIM (Okta).
 *
 * KnowBe4 publishes no length limits: `lengthMax` is ours, so that nothing absurd is sent.
 */
export const attributes = {
  userName: core("userName", "Email", {
    kind: "email",
    lengthMax: 254,
    required: true,
    filterable: true,
    note: "The person's only address in KnowBe4. Entra and Okta match people by it.",
  }),
  givenName: core("name.givenName", "First name"),
  familyName: core("name.familyName", "Last name"),
  displayName: core("displayName", "Display name", {
    source: "Entra",
    note: "Some administrators report that KnowBe4 shows it as the manager's name.",
  }),
  title: core("title", "Job title"),
  userType: core("userType", "User type", { source: "Entra" }),
  externalId: core("externalId", "External ID", {
    source: "Entra",
    note: "The source's own ID of the person. KnowBe4 stores it unchanged (Entra).",
  }),
  location: core('addresses[type eq "work"].formatted', "Location", {
    note: "KnowBe4 keeps one line of the work address (Okta: formatted; Entra: addresses.work).",
  }),
  workPhone: core('phoneNumbers[type eq "work"].value', "Phone number", { note: "Okta: primaryPhone." }),
  mobilePhone: core('phoneNumbers[type eq "mobile"].value', "Mobile phone number"),

  employeeNumber: enterprise("employeeNumber", "Employee number"),
  department: enterprise("department", "Department"),
  division: enterprise("division", "Division"),
  organization: enterprise("organization", "Organization"),
  manager: enterprise("manager.value", "Manager email", {
    note: "Okta: managerEmail. Entra sends its own reference to the manager here.",
  }),
  managerName: enterprise("manager.displayName", "Manager name", {
    source: "Okta",
    note: "Okta: managerDisplayName. Read-only in RFC 7643, so other servers than KnowBe4 may refuse it.",
  }),

  customField1: knowbe4("customField1", "Custom field 1"),
  customField2: knowbe4("customField2", "Custom field 2"),
  customField3: knowbe4("customField3", "Custom field 3"),
  customField4: knowbe4("customField4", "Custom field 4"),
  customDate1: knowbe4("customDate1", "Custom date 1", { kind: "date" }),
  customDate2: knowbe4("customDate2", "Custom date 2", { kind: "date" }),
  outOfOfficeEnd: knowbe4("outOfOfficeEnd", "Out of office until", { kind: "date" }),
  phishingLanguage: knowbe4("phishingLanguage", "Phishing language"),
  trainingLanguage: knowbe4("trainingLanguage", "Training language"),
  userRole: knowbe4("userRole", "User role"),
  hostname: knowbe4("hostname", "Host name"),
  companyName: knowbe4("companyName", "Company name"),
  country: knowbe4("country", "Country"),
  mailNickName: knowbe4("mailNickName", "Mail nickname"),
  onPremisesSamAccountName: knowbe4("onPremisesSamAccountName", "On-premises SAM account name"),
  onPremisesSecurityIdentifier: knowbe4("onPremisesSecurityIdentifier", "On-premises security identifier"),
  userPrincipalName: knowbe4("userPrincipalName", "User principal name"),
  lastPasswordChangeDateTime: knowbe4("lastPasswordChangeDateTime", "Last password change", { kind: "date" }),
} satisfies Record<string, Attribute>;

export type AttributeKey = keyof typeof attributes;

/** A person's details by key. An absent key states nothing about the attribute. */
export type AttributeValues = Partial<Record<AttributeKey, string>>;

/** Changes to a person's details. Null clears; an absent key leaves the attribute alone. */
export type AttributeChanges = Partial<Record<AttributeKey, string | null>>;

type AttributeKind = "text" | "date" | "email";

export type Attribute = {
  /** The schema it belongs to. */
  urn: string;
  /** Its path inside that schema, without the URN. */
  path: string;
  label: string;
  kind: AttributeKind;
  /** In characters as people count them (code points). */
  lengthMax: number;
  required: boolean;
  /** Whether an `eq` filter works on it. */
  filterable: boolean;
  /** The vendor's table that lists it. */
  source: string;
  note: string;
};

export const attributeKeys = Object.keys(attributes) as readonly AttributeKey[];

export function isAttributeKey(text: string): text is AttributeKey {
  return Object.hasOwn(attributes, text);
}

/** The path of a PATCH operation: extension attributes carry their URN, core ones do not (RFC 7644 section 3.10). */
export function toPatchPath(key: AttributeKey): string {
  const { urn, path } = attributes[key];
  return urn === coreUrn ? path : `${urn}:${path}`;
}

type Options = Partial<Omit<Attribute, "urn" | "path" | "label">>;

function attribute(urn: string, path: string, label: string, options: Options): Attribute {
  const defaults = { kind: "text", lengthMax: 255, required: false, filterable: false, note: "" } as const;
  return { urn, path, label, source: "Entra, Okta", ...defaults, ...options };
}

function core(path: string, label: string, options: Options = {}): Attribute {
  return attribute(coreUrn, path, label, options);
}

function enterprise(path: string, label: string, options: Options = {}): Attribute {
  return attribute(enterpriseUrn, path, label, options);
}

function knowbe4(path: string, label: string, options: Options = {}): Attribute {
  return attribute(knowbe4Urn, path, label, { source: "Entra", ...options });
}
