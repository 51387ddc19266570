import type { AttributeValues } from "@/lib/knowbe4/attributes";

/** People as a client's roster has them: a name, a job and a few other attributes. */
export function makePeople(count: number, domain: string): AttributeValues[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(6, "0");
    return {
      userName: `new.hire.${number}@${domain}`,
      givenName: "New",
      familyName: `Hire ${number}`,
      displayName: `New Hire ${number}`,
      title: "Analyst",
      externalId: `bench-${number}`,
      employeeNumber: number,
      department: "Operations",
      customField1: "Employee",
    };
  });
}
