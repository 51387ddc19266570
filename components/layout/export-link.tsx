import { Download } from "lucide-react";
import type { ButtonSize } from "@/components/ui/button-styles";
import { LinkButton } from "@/components/ui/link-button";

type ExportLinkProps = {
  /** As app/api/exports/csv-lists.ts calls it. */
  list: string;
  /** The filters of the page, by the names that its address has; pages are left out. */
  query?: Readonly<Record<string, string | undefined>>;
  size?: ButtonSize;
};

/** The list that the page shows a part of, as a file: what the filter lets through, all of it. */
export function ExportLink({ list, query = {}, size }: ExportLinkProps) {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
  return (
    <LinkButton href={`/api/exports/${list}${search}`} size={size} icon={<Download aria-hidden />} isDownload>
      Download CSV
    </LinkButton>
  );
}
