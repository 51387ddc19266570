import type { AttributeChanges, AttributeValues } from "@/lib/knowbe4/attributes";

/** What a roster field is called: an attribute key, or any other column that a source has. */
export type FieldName = string;

/**
 * Who says that somebody should be in a tenant. `inventory`: they were there when it was adopted. `operator`: a
 * change of Rollcall's. `csv`: a file. Sources to come (inbound SCIM, Microsoft Graph, Google) are further names.
 */
export type SourceName = "inventory" | "operator" | "csv";

/** One person of a tenant's roster, as one row keeps them. */
export type RosterEntry = {
  userNameKey: string;
  userName: string;
  source: SourceName;
  /** The account it was linked to; null until one was found. */
  resourceId: string | null;
  /** As the source says. An absent field says nothing. */
  fields: Readonly<Record<FieldName, string>>;
  /** As operators decided; null clears. Where an operator owns the field they win over the source. */
  overrides: Readonly<Record<FieldName, string | null>>;
  /** Names of roster groups, before the name map. */
  groups: readonly string[];
  /** False: they left, and are to be archived. */
  active: boolean;
  /** When a full listing of their source did not hold them any more. */
  absentAt: Date | null;
};

/** One person as a source delivers them. What it does not name (an absent field, null) it says nothing about. */
export type ListedPerson = {
  userName: string;
  fields: Readonly<Record<FieldName, string>>;
  groups: readonly string[] | null;
  active: boolean | null;
};

/**
 * One delivery of a source: everybody (`complete`), an attempt at everybody that is known to lack some
 * (`incomplete`: nobody may be taken for absent), or only who changed (`delta`).
 */
export type Listing = {
  source: SourceName;
  mark: "complete" | "incomplete" | "delta";
  people: readonly ListedPerson[];
};

/** One person as the tenant's policy (mapping, scope, groups) wants them in KnowBe4: what the planner compares. */
export type DesiredAccount = {
  userNameKey: string;
  userName: string;
  resourceId: string | null;
  active: boolean;
  /** Why somebody is not to be active: their entry says so, a full listing lacks them, or the scope leaves them out. */
  leaving: "left" | "absent" | "out-of-scope" | null;
  /** Written where they differ; null clears. What is not named is never touched. */
  values: AttributeChanges;
  /** Written besides when the account is created, and never again. */
  createValues: AttributeValues;
  /** Names of the KnowBe4 groups they are to be in. */
  groups: readonly string[];
  /** Which source and which rule, in words for a plan's line. */
  why: string;
};

export type DesiredRoster = {
  accounts: readonly DesiredAccount[];
  /**
   * Names of KnowBe4 groups, in lower case, whose membership the policy decides: whoever is in one and not wanted
   * there is taken out. No other group is touched, but for additions.
   */
  managedGroups: ReadonlySet<string>;
  /** userNameKeys of people with Provisioning Managed = false: no line is planned for them, whatever else says. */
  excluded: ReadonlySet<string>;
};

/** A delivery in numbers: `entries` people it named, `previous` active ones that its source stood for before. */
export type ListingFacts = {
  source: SourceName;
  mark: Listing["mark"];
  entries: number;
  previous: number;
};
