import { toHeaderWord } from "@/lib/csv/header-word";
import { type OpenCsv, readCsv } from "@/lib/csv/read-csv";
import { AppError } from "@/lib/errors";
import { userNameKey } from "@/lib/knowbe4/user-name-key";

export type Exclusions = {
  /** Addresses whose Provisioning Managed is false, without duplicates. */
  excluded: string[];
  /** Rows with true: people whom the source does manage. */
  managed: number;
  /** Rows without a usable value, by their number in a spreadsheet. */
  problems: { row: number; message: string }[];
};

/** The headers for an address, as words: KnowBe4's console uses one, people use the others. */
const ADDRESS_HEADERS = ["email", "emailaddress", "username"];
const MANAGED_HEADER = "provisioningmanaged";

/**
 * Reads KnowBe4's CSV of people as it arrives, in any encoding and with any delimiter of an import: its column
 * "Provisioning Managed" is false for people whom SCIM must leave alone (KnowBe4 SCIM Configuration Guide). A blank cell
 * states nothing.
 * @throws AppError invalid when it is no such file, or exceeds a limit of imports
 */
export async function readExclusions(
  bytes: AsyncIterable<Uint8Array>,
  options: Parameters<typeof readCsv>[1],
): Promise<Exclusions> {
  const csv = await readCsv(bytes, options);
  const at = await findColumns(csv);
  const found: Exclusions = { excluded: [], managed: 0, problems: [] };
  const seen = new Set<string>();
  for await (const block of csv.blocks) {
    for (const { seq, cells } of block) {
      const address = cells[at.address]?.trim() ?? "";
      judge(found, seen, { row: seq, address, managed: cells[at.managed]?.trim().toLowerCase() ?? "" });
    }
  }
  return found;
}

type Said = { row: number; address: string; managed: string };

function judge(found: Exclusions, seen: Set<string>, { row, address, managed }: Said): void {
  if (managed === "") return;
  if (!/^\S+@\S+$/.test(address)) {
    found.problems.push({ row, message: `"${address}" is not an e-mail address.` });
  } else if (["true", "yes", "1"].includes(managed)) found.managed += 1;
  else if (!["false", "no", "0"].includes(managed)) {
    found.problems.push({ row, message: `Provisioning Managed is "${managed}". Write true or false.` });
  } else if (!seen.has(userNameKey(address))) {
    seen.add(userNameKey(address));
    found.excluded.push(address);
  }
}

async function findColumns({ columns, blocks }: OpenCsv): Promise<{ address: number; managed: number }> {
  const words = columns.map(toHeaderWord);
  const address = words.findIndex((word) => ADDRESS_HEADERS.includes(word));
  const managed = words.indexOf(MANAGED_HEADER);
  if (address >= 0 && managed >= 0) return { address, managed };
  await blocks.return(undefined);
  throw new AppError(
    "invalid",
    "The first line does not name the columns Email and Provisioning Managed. Nothing was read. Choose the file as KnowBe4's console exports it, with its headers.",
  );
}
