import { toFleetWord } from "@/components/fleet/fleet-word";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { toPercent } from "@/components/words/percent-words";
import { WordStatus } from "@/components/words/word-status";
import { loadFleet } from "@/lib/fleet/loaders";

/** On Home: the state of sending, and a link to the limits of all tenants. */
export async function FleetCard() {
  const fleet = await loadFleet();
  return (
    <Card
      title="All tenants together"
      aside={
        <LinkButton href="/fleet" variant="quiet" size="small">
          Limits and stop
        </LinkButton>
      }
    >
      <WordStatus word={toFleetWord(fleet)} />
      <p className="mt-1 text-ink-2">
        {fleet.stoppedAt
          ? "Nothing is sent to any tenant until an owner resumes sending."
          : `Held above ${fleet.holdMin} people or ${toPercent(fleet.holdShare)} % of all active ones in 24 hours, whichever is more.`}
      </p>
    </Card>
  );
}
