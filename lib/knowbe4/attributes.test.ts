import { expect, test } from "vitest";
import {
  type AttributeKey,
  attributeKeys,
  attributes,
  isAttributeKey,
  toPatchPath,
} from "@/lib/knowbe4/attributes";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const kmsat = "urn:ietf:params:scim:schemas:extension:knowbe4:kmsat:2.0:User";

test("every attribute of the Entra tutorial but active can be set, by the tutorial's own name", () => {
  const named = [
    "userName",
    `${enterprise}:manager.value`,
    "title",
    "name.givenName",
    "name.familyName",
    "externalId",
    "displayName",
    'addresses[type eq "work"].formatted',
    'phoneNumbers[type eq "work"].value',
    'phoneNumbers[type eq "mobile"].value',
    "userType",
    ...["employeeNumber", "department", "division", "organization"].map((name) => `${enterprise}:${name}`),
    ...[
      "customDate1",
      "customDate2",
      "customField1",
      "customField2",
      "customField3",
      "customField4",
      "outOfOfficeEnd",
      "phishingLanguage",
      "trainingLanguage",
      "userRole",
      "hostname",
      "companyName",
      "country",
      "mailNickName",
      "onPremisesSamAccountName",
      "onPremisesSecurityIdentifier",
      "userPrincipalName",
      "lastPasswordChangeDateTime",
    ].map((name) => `${kmsat}:${name}`),
  ];
  const onlyOkta = `${enterprise}:manager.displayName`;
  expect(attributeKeys.map(toPatchPath).sort()).toEqual([...named, onlyOkta].sort());
});

test("every field of the Okta guide that has a SCIM attribute can be set", () => {
  const fields: AttributeKey[] = [
    "userName",
    "givenName",
    "familyName",
    "workPhone",
    "location",
    "division",
    "employeeNumber",
    "title",
    "organization",
    "department",
    "mobilePhone",
    "managerName",
    "manager",
  ];
  const fromOkta = attributeKeys.filter((key) => attributes[key].source.includes("Okta"));
  expect(fromOkta.sort()).toEqual(fields.sort());
});

test("only the address is required and searchable", () => {
  expect(attributeKeys.filter((key) => attributes[key].required)).toEqual(["userName"]);
  expect(attributeKeys.filter((key) => attributes[key].filterable)).toEqual(["userName"]);
});

test("active is not an attribute, so an update cannot archive", () => {
  expect(isAttributeKey("active")).toBe(false);
  expect(isAttributeKey("constructor")).toBe(false);
  expect(isAttributeKey("title")).toBe(true);
});
