import { countOf } from "@/components/words/count-words";
import { toPercent } from "@/components/words/percent-words";
import { thresholdOf } from "@/lib/changes/rails/rails-limits";

/**
 * What a limit comes to in people, and how it is reckoned. Null for `active` while nobody has read the directory.
 * "more than 42 people: 3, or 10 % of 421 active ones, whichever is more"
 */
export function toLimitWords({ min, share }: { min: number; share: number }, active: number | null): string {
  const percent = toPercent(share);
  if (active === null) return `more than ${min} people or ${percent} % of the active ones, whichever is more`;
  const limit = thresholdOf({ min, share }, active);
  const reckoned = `${min}, or ${percent} % of ${countOf(active, "active person", "active ones")}, whichever is more`;
  return `more than ${countOf(limit, "person", "people")}: ${reckoned}`;
}

/** How full a tenant is, in words: a bar alone tells a screen reader nothing. */
export function toSeatsWords(active: number | null, seats: number | null): string {
  if (active === null) return "How many people are active is not known: the directory was not read yet.";
  const people = countOf(active, "person is active", "people are active");
  if (seats === null) return `${people}. How many seats the licence allows was not said, so none is counted.`;
  if (active > seats) return `${people} on ${countOf(seats, "seat", "seats")}: ${active - seats} too many.`;
  return `${people} on ${countOf(seats, "seat", "seats")}: ${(seats - active).toLocaleString("en-GB")} free.`;
}

/** The taken part of the seats in percent, at most 100; null where one of them is not known. */
export function toSeatsTaken(active: number | null, seats: number | null): number | null {
  if (active === null || seats === null) return null;
  return seats === 0 ? 100 : Math.min(100, Math.round((active / seats) * 100));
}
