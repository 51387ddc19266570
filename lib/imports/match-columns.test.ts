import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeKeys, attributes } from "@/lib/knowbe4/attributes";
import { toColumnNames } from "@/lib/csv/column-names";
import { matchColumns } from "@/lib/imports/match-columns";
import { fromRemembered, toHeadersKey, toRemembered } from "@/lib/imports/headers-key";
import { isKnowBe4Export } from "@/lib/imports/knowbe4-export";
import { refuseMapping } from "@/lib/imports/refuse-mapping";

function guess(header: string, hasTenantColumn = false, samples: string[][] = []) {
  return matchColumns({ columns: header.split(","), samples, hasTenantColumn });
}

test("every attribute is recognized by its label and by its key, in any order and spelling", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...attributeKeys]), fc.boolean(), (keys, byLabel) => {
      const columns = keys.map((key) => (byLabel ? attributes[key].label.toUpperCase() : key));
      const guessed = matchColumns({ columns, samples: [], hasTenantColumn: false });
      // Without an address column, the sign-in name is used.
      const wanted = keys.map((key) =>
        key === "userPrincipalName" && !keys.includes("userName") ? "userName" : key,
      );
      expect(guessed).toEqual(wanted);
    }),
  );
});

test("no guess gives two columns one meaning, whatever the headers are", () => {
  const header = fc.oneof(
    fc.string(),
    fc.constantFrom("mail", "Email", "UPN", "Name", "Nom", "Client", "Status", "password"),
  );
  fc.assert(
    fc.property(fc.array(header, { maxLength: 20 }), fc.boolean(), (headers, hasTenantColumn) => {
      const columns = toColumnNames(headers);
      const targets = matchColumns({ columns, samples: [], hasTenantColumn });
      const single = targets.filter((target) => target !== "ignore" && target !== "groups");
      expect(new Set(single).size).toBe(single.length);
      if (!hasTenantColumn) expect(targets).not.toContain("tenant");
    }),
  );
});

describe("headers of known files", () => {
  test.for([
    [
      "English",
      "E-mail address,First Name,Surname,Job Title,Team",
      ["userName", "givenName", "familyName", "title", "ignore"],
    ],
    [
      "German",
      "Vorname,Name,E-Mail,Abteilung,Büro,Straße",
      ["givenName", "familyName", "userName", "department", "location", "ignore"],
    ],
    [
      "French",
      "Prénom,Nom,Courriel,Société,Téléphone",
      ["givenName", "familyName", "userName", "organization", "workPhone"],
    ],
    [
      "Spanish",
      "Nombre,Apellidos,Correo electrónico,País",
      ["givenName", "familyName", "userName", "country"],
    ],
    [
      "Dutch",
      "Voornaam,Achternaam,Afdeling,Leidinggevende,E-mailadres",
      ["givenName", "familyName", "department", "manager", "userName"],
    ],
    [
      "Entra",
      "userPrincipalName,displayName,surname,mail,givenName,officeLocation,accountEnabled",
      ["userPrincipalName", "displayName", "familyName", "userName", "givenName", "location", "status"],
    ],
    ["Entra without mail", "userPrincipalName,displayName", ["userName", "displayName"]],
    [
      "Okta",
      "login,firstName,lastName,email,primaryPhone,mobilePhone",
      ["ignore", "givenName", "familyName", "userName", "workPhone", "mobilePhone"],
    ],
    [
      "KnowBe4",
      "Email,First Name,Last Name,Phone Number,Group,Location,Manager Name,Password,Provisioning Managed,Custom Date 1",
      [
        "userName",
        "givenName",
        "familyName",
        "workPhone",
        "groups",
        "location",
        "managerName",
        "ignore",
        "ignore",
        "customDate1",
      ],
    ],
    [
      "Google's upload template",
      "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],Recovery Email,Work Phone,Employee ID,Employee Type,Employee Title,Manager Email,Department,New Status [UPLOAD ONLY]",
      [
        "givenName",
        "familyName",
        "userName",
        "ignore",
        "ignore",
        "ignore",
        "ignore",
        "workPhone",
        "employeeNumber",
        "userType",
        "title",
        "manager",
        "department",
        "ignore",
      ],
    ],
    [
      "Microsoft's bulk template, where yes under Block sign in means archived",
      "Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Job title [jobTitle],Office [physicalDeliveryOfficeName],City [city],Office phone [telephoneNumber],Mobile phone [mobile]",
      [
        "displayName",
        "userName",
        "ignore",
        "archived",
        "givenName",
        "familyName",
        "title",
        "location",
        "ignore",
        "workPhone",
        "mobilePhone",
      ],
    ],
    [
      "KnowBe4's CSV template",
      "Email,First Name,Last Name,Phone Number,Extension,Mobile Phone Number,Group,Location,Division,Manager Name,Manager Email,Employee Number,Job Title,Organization,Department,Comment,Employee Start Date,Phishing Language,Training Language,Time Zone,Risk Booster,Custom Field 1,Custom Date 2",
      [
        "userName",
        "givenName",
        "familyName",
        "workPhone",
        "ignore",
        "mobilePhone",
        "groups",
        "location",
        "division",
        "managerName",
        "manager",
        "employeeNumber",
        "title",
        "organization",
        "department",
        "ignore",
        "ignore",
        "phishingLanguage",
        "trainingLanguage",
        "ignore",
        "ignore",
        "customField1",
        "customDate2",
      ],
    ],
    [
      "BambooHR",
      "Employee #,First Name,Last Name,Job Title,Department,Division,Location,Work Email,Home Email,Work Phone,Mobile Phone,Reports To,Hire Date,Employment Status,Status",
      [
        "employeeNumber",
        "givenName",
        "familyName",
        "title",
        "department",
        "division",
        "location",
        "userName",
        "ignore",
        "workPhone",
        "mobilePhone",
        "managerName",
        "ignore",
        "ignore",
        "status",
      ],
    ],
  ] as const)("%s", ([, header, targets]) => {
    expect(guess(header)).toEqual(targets);
  });

  test("a manager's column is the name if it holds names", () => {
    const held = (cell: string) => guess("Email,Supervisor", false, [["a@b.ch"], [cell]])[1];
    expect(held("Ida Holm")).toBe("managerName");
    expect(held("ida.holm@b.ch")).toBe("manager");
    expect(held("6f9619ff-8b86-d011-b42d-00c04fc964ff")).toBe("manager");
  });

  test("a column names the tenant only if the import says so", () => {
    expect(guess("Client,Email", true)).toEqual(["tenant", "userName"]);
    expect(guess("Client,Email")).toEqual(["ignore", "userName"]);
  });

  test("if no header says so, the column that holds addresses is the address", () => {
    expect(guess("A,B", false, [["Ann"], ["ann@b.ch", ""]])).toEqual(["ignore", "userName"]);
  });
});

test("KnowBe4's own export is recognized by headers that no other system writes", () => {
  expect(isKnowBe4Export(["Email", "First Name", "Provisioning Managed", "Risk Booster"])).toBe(true);
  expect(isKnowBe4Export(["Email", "First Name", "Custom Field 1"])).toBe(false);
  expect(isKnowBe4Export(["Name", "Provisioning Managed", "Risk Booster"])).toBe(false);
});

test("a mapping is remembered by its headers in any order, without the column of repairs", () => {
  const columns = ["Email", "Rank", "E-Mail"];
  const targets = ["userName", "extra", "ignore"] as const;
  const turned = ["E-Mail", "RANK", "Email", "What to repair (Rollcall)"];
  expect(toHeadersKey(turned, false)).toBe(toHeadersKey(columns, false));
  expect(toHeadersKey(columns, true)).not.toBe(toHeadersKey(columns, false));
  expect(fromRemembered(turned, toRemembered(columns, targets))).toEqual([
    "ignore",
    "extra",
    "userName",
    "ignore",
  ]);
});

test("a mapping that cannot identify people or tenants is refused", () => {
  expect(refuseMapping(["givenName"], false)).toMatch(/No column holds the e-mail address/);
  expect(refuseMapping(["userName"], true)).toMatch(/No column names the tenant/);
  expect(refuseMapping(["userName", "tenant"], false)).toMatch(/for one tenant/);
  expect(refuseMapping(["userName", "title", "title"], false)).toMatch(/Two columns are “Job title”/);
  expect(refuseMapping(["userName", "groups", "groups", "extra", "extra"], false)).toBeNull();
});
