import { CsvError, parse } from "csv-parse/sync";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

export type Exclusions = {
  /** Addresses whose Provisioning Managed is false, without duplicates. */
  excluded: string[];
  /** Rows with true: people whom the source does manage. */
  managed: number;
  /** Rows without a usable value, by their line of the file. */
  problems: { line: number; message: string }[];
};

/** The headers for an address: KnowBe4's console uses one, people use the others. */
const ADDRESS_HEADERS = ["email", "email address", "e-mail", "username", "user name"];
const MANAGED_HEADERS = ["provisioning managed", "provisioning_managed", "provisioningmanaged"];

/**
 * Parses KnowBe4's CSV of people: its column "Provisioning Managed" is false for people whom SCIM must leave alone
 * (KnowBe4 SCIM Configuration Guide). A blank cell states nothing. Commas, semicolons and tabs are understood.
 * @returns a message for people when it is no such file.
 */
export function parseExclusions(text: string): Exclusions | string {
  const rows = parseRows(text);
  if (typeof rows === "string") return rows;
  const [headers = [], ...lines] = rows;
  const names = headers.map((header) => header.trim().toLowerCase());
  const addressAt = names.findIndex((name) => ADDRESS_HEADERS.includes(name));
  const managedAt = names.findIndex((name) => MANAGED_HEADERS.includes(name));
  if (addressAt < 0 || managedAt < 0) {
    return "The first line does not name the columns Email and Provisioning Managed. Nothing was read. Paste the file as KnowBe4's console exports it, with its headers.";
  }
  const found: Exclusions = { excluded: [], managed: 0, problems: [] };
  const seen = new Set<string>();
  lines.forEach((cells, at) => {
    const address = cells[addressAt]?.trim() ?? "";
    const managed = cells[managedAt]?.trim().toLowerCase() ?? "";
    const line = at + 2;
    if (managed === "") return;
    if (!/^\S+@\S+$/.test(address)) {
      found.problems.push({ line, message: `"${address}" is not an e-mail address.` });
    } else if (["true", "yes", "1"].includes(managed)) found.managed += 1;
    else if (!["false", "no", "0"].includes(managed)) {
      found.problems.push({ line, message: `Provisioning Managed is "${managed}". Write true or false.` });
    } else if (!seen.has(userNameKey(address))) {
      seen.add(userNameKey(address));
      found.excluded.push(address);
    }
  });
  return found;
}

function parseRows(text: string): string[][] | string {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return `This is not a CSV file: ${error.message}. Nothing was read. Export it again, or paste all of it.`;
  }
}

/** The delimiter that occurs most in the first line. */
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).sign;
}
