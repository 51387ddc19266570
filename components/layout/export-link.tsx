import { Download } from "lucide-react";
import type { ButtonSize } from "@/components/ui/button-styles";
import { LinkButton } from "@/components/ui/link-button";

type ExportLinkProps = {
  /** As app/api/exports/csv-lists.ts calls it. */
  list: string;
  /** The page's filters by their URL names, without the page cursor. */
  query?: Readonly<Record<string, string | undefined>>;
  size?: ButtonSize;
};

/** Downloads the page's list: everything that matches the filter. */
export function ExportLink({ list, query = {}, size }: ExportLinkProps) {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
  return (
    <LinkButton href={`/api/exports/${list}${search}`} size={size} icon={<Download aria-hidden />} isDownload>
      Download CSV
    </LinkButton>
  );
}
