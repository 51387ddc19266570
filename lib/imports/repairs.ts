import type { ProblemCode } from "@/lib/imports/types";

/** The repair for each problem and warning of a row, except values that an attribute's own rules refuse. */
export const repairs: Record<Exclude<ProblemCode, "value">, string> = {
  ragged:
    "The row has more cells than the header. Look for a cell with the delimiter in it, and put that cell in quotes.",
  unreadable:
    "A character could not be read. Upload the file again with the encoding it was saved in, or correct the cell.",
  "address-missing": "The e-mail address is missing. Fill it in, or delete the row.",
  "tenant-missing": "The tenant is missing. Fill in its name or one of its domains.",
  "tenant-unknown":
    "No tenant has this name, or you may not see it. Write the name or a domain as the Tenants page shows it.",
  "tenant-ambiguous": "Two tenants have this name. Write a domain that only one of them has.",
  "tenant-disconnected": "This tenant is disconnected. Delete the row, or connect the tenant again.",
  "domain-not-allowed":
    "The address's domain is not one of the tenant's. Correct the address, or add the domain to the tenant.",
  status: "The value means neither active nor archived. Write active or archived, or leave it blank.",
  group:
    "A group's name is too long or there are more than 50. Separate names with ; or |, put a name that holds one of these in quotes, and shorten long ones.",
  zeros:
    "The number stands in the tenant with leading zeros, which spreadsheets remove. It is left as it stands. If the shorter number is right, change it on the person's page.",
  "zeros-elsewhere":
    "Somebody else in the tenant has this number with leading zeros, which spreadsheets remove. If it is the same person, a second account is created: write the number in full, and format its column as text.",
  manager:
    "The manager's address is no person of the tenant, and none of this file. It is sent as it is written. Correct it, or add that person.",
  "duplicate-source": "The file has this address twice for one tenant. Delete all but one of its rows.",
};
