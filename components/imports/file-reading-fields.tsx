"use client";

import { Disclosure } from "@/components/ui/disclosure";
import type { Option } from "@/components/ui/fields/option-list";
import { Select } from "@/components/ui/fields/select";
import { encodingNames, encodings } from "@/lib/csv/encodings";

const find: Option = { id: "auto", label: "Detect" };

const delimiterOptions: Option[] = [
  find,
  { id: "comma", label: "Comma ," },
  { id: "semicolon", label: "Semicolon ;" },
  { id: "tab", label: "Tab" },
  { id: "pipe", label: "Bar |" },
];

const encodingOptions: Option[] = [find, ...encodingNames.map((id) => ({ id, label: encodings[id] }))];

/** How a file is to be read, for whom detecting it goes wrong. `toReading` reads these fields. */
export function FileReadingFields() {
  return (
    <Disclosure summary="Delimiter and encoding">
      <div className="flex flex-wrap gap-4 p-3">
        <Select
          label="Delimiter"
          name="delimiter"
          options={delimiterOptions}
          defaultValue="auto"
          className="w-48"
        />
        <Select
          label="Encoding"
          name="encoding"
          options={encodingOptions}
          defaultValue="auto"
          description="Choose one if letters such as ä or é look wrong."
          className="w-72"
        />
      </div>
    </Disclosure>
  );
}
