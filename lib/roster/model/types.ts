import type { AttributeChanges, AttributeValues } from "@/lib/knowbe4/attributes";

/** The name of a roster field: an attribute key, or any other column of a source. */
export type FieldName = string;

/**
 * The origin of an entry. `inventory`: found in the tenant at adoption. `operator`: by a change in Rollcall. `csv`: a
 * file. Future sources (inbound SCIM, Microsoft Graph, Google) get further names.
 */
export type SourceName = "inventory" | "operator" | "csv";

/** One person of a tenant's roster, as stored. */
export type RosterEntry = {
  userNameKey: string;
  userName: string;
  source: SourceName;
  /** The linked account; null until one was found. */
  resourceId: string | null;
  /** The source's values. An absent field states nothing. */
  fields: Readonly<Record<FieldName, string>>;
  /** The operators' values; null clears. Where an operator owns the field they override the source. */
  overrides: Readonly<Record<FieldName, string | null>>;
  /** Names of roster groups, before the name map. */
  groups: readonly string[];
  /** False: the person left and should be archived. */
  active: boolean;
  /** When a full listing of their source first lacked them. */
  absentAt: Date | null;
};

/** One person as a source delivers them. An absent field or null states nothing. */
export type ListedPerson = {
  userName: string;
  fields: Readonly<Record<FieldName, string>>;
  groups: readonly string[] | null;
  active: boolean | null;
};

/**
 * One delivery of a source: everybody (`complete`), everybody with known gaps (`incomplete`: it marks nobody absent),
 * or only changes (`delta`).
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
  /**
   * Why a person should not be active: their entry marks them as left, a full listing lacks them, or they are out of
   * scope.
   */
  leaving: "left" | "absent" | "out-of-scope" | null;
  /** Written where they differ; null clears. Unnamed attributes are never written. */
  values: AttributeChanges;
  /** Written in addition when the account is created, never later. */
  createValues: AttributeValues;
  /** Names of the wanted KnowBe4 groups. */
  groups: readonly string[];
  /** The source and rule, in words for a plan's line. */
  why: string;
};

export type DesiredRoster = {
  accounts: readonly DesiredAccount[];
  /**
   * Names of KnowBe4 groups, in lower case, whose members the policy decides: members who are not wanted there are
   * removed. All other groups are only added to.
   */
  managedGroups: ReadonlySet<string>;
  /**
   * userNameKeys of people with Provisioning Managed = false: no line is planned for them, whatever other rules
   * require.
   */
  excluded: ReadonlySet<string>;
};

/** A delivery in numbers: `entries` people it named, `previous` active people of its source before it. */
export type ListingFacts = {
  source: SourceName;
  mark: Listing["mark"];
  entries: number;
  previous: number;
};
