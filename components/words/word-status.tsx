import { Status } from "@/components/ui/status";
import type { Word } from "@/components/words/word";

export function WordStatus({ word: { kind, word, Icon }, className }: { word: Word; className?: string }) {
  return (
    <Status kind={kind} icon={Icon ? <Icon aria-hidden /> : undefined} className={className}>
      {word}
    </Status>
  );
}
