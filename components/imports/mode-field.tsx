"use client";

import { importModeWords } from "@/components/imports/import-words";
import { Radio, RadioGroup } from "@/components/ui/fields/radio-group";
import type { ImportMode } from "@/lib/imports/types";

/** What a person's absence from the file means. */
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
