import { Status } from "@/components/ui/status";
import type { Word } from "@/components/words/word";

export function WordStatus({ word: { kind, word, icon }, className }: { word: Word; className?: string }) {
  return (
    <Status kind={kind} icon={icon} className={className}>
      {word}
    </Status>
  );
}
