"use client";

import { importModeWords } from "@/components/imports/import-words";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import type { ImportMode } from "@/lib/imports/types";

/** What it means that somebody is not in the file. */
export function ModeField({ defaultValue }: { defaultValue: ImportMode }) {
  return (
    <RadioGroup label="What the file is" name="mode" defaultValue={defaultValue}>
      {(["merge", "full"] as const).map((mode) => (
        <Radio key={mode} value={mode} variant="card" description={importModeWords[mode].text}>
          {importModeWords[mode].word}
        </Radio>
      ))}
    </RadioGroup>
  );
}
