"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { fetchJson } from "@/components/ui/fetch-json";
import { ComboBox } from "@/components/ui/fields/combo-box";
import type { Option } from "@/components/ui/fields/option-list";
import { QueryProvider } from "@/components/ui/query-provider";

type SearchBoxProps = {
  label: string;
  name?: string;
  /** The route that is queried with the typed text as `q`. */
  path: string;
  toOptions: (found: unknown) => Option[];
  /** The choice when the page was loaded. */
  chosen?: Option | null;
  /** @param found the route's answer that contains the option */
  onChoose?: (chosen: Option | null, found: unknown) => void;
  /**
   * one: the choice stays in the field, and a form sends its id. text: any text counts, chosen from the list or not.
   * adding: the choice goes elsewhere, and the field is then empty for the next.
   */
  kind?: "one" | "text" | "adding";
  isRequired?: boolean;
  placeholder?: string;
  className?: string;
};

/** One option out of many, searched on the server while its name is typed. The page contains none of them. */
export function SearchBox(props: SearchBoxProps) {
  return (
    <QueryProvider>
      <SearchedField {...props} />
    </QueryProvider>
  );
}

function SearchedField({ path, toOptions, chosen = null, onChoose, kind = "one", ...field }: SearchBoxProps) {
  const [selected, setSelected] = useState(kind === "one" ? chosen : null);
  const [text, setText] = useState(chosen?.label ?? "");
  const [isUsed, setIsUsed] = useState(false);
  // The chosen option's text is in the field and is not a search.
  const wanted = useDeferredValue(text === selected?.label ? "" : text.trim());
  const { data, error, isFetching } = useQuery({
    queryKey: [path, wanted],
    queryFn: ({ signal }) => fetchJson(withText(path, wanted), { signal }),
    enabled: isUsed,
    placeholderData: keepPreviousData,
  });
  const found = data === undefined ? [] : toOptions(data);
  const isListed = selected === null || found.some(({ id }) => id === selected.id);

  function choose(id: string | null) {
    const option = found.find((each) => each.id === id) ?? (id === selected?.id ? selected : null);
    if (kind === "one") setSelected(option);
    if (kind === "adding") setText("");
    else if (option || kind === "one") setText(option?.label ?? "");
    onChoose?.(option, data);
  }

  return (
    <ComboBox
      {...field}
      // On blur the field shows the chosen option again, which must be among the options.
      options={isListed ? found : [selected, ...found]}
      isSearched
      emptyText={error ? error.message : isFetching ? "Searching…" : "Nothing matches."}
      formValue={kind === "text" ? "text" : "key"}
      allowsCustomValue={kind === "text"}
      selectedKey={selected?.id ?? null}
      onSelectionChange={(key) => choose(key === null ? null : String(key))}
      inputValue={text}
      onInputChange={setText}
      onFocus={() => setIsUsed(true)}
    />
  );
}

function withText(path: string, text: string): string {
  if (text === "") return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ q: text })}`;
}
