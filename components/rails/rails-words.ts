import { countOf } from "@/components/words/count-words";
import { toPercent } from "@/components/words/percent-words";
import { thresholdOf } from "@/lib/changes/rails/limits";

/**
 * A limit as a number of people, and how it is computed. `active` is null before the first read.
 * "more than 42 people: 3, or 10 % of 421 active ones, whichever is more"
 */
export function toLimitWords({ min, share }: { min: number; share: number }, active: number | null): string {
  const percent = toPercent(share);
  if (active === null) return `more than ${min} people or ${percent} % of the active ones, whichever is more`;
  const limit = thresholdOf({ min, share }, active);
  const reckoned = `${min}, or ${percent} % of ${countOf(active, "active person", "active ones")}, whichever is more`;
  return `more than ${countOf(limit, "person", "people")}: ${reckoned}`;
}

/** Seat use in words: a bar alone says nothing to a screen reader. */
export function toSeatsWords(active: number | null, seats: number | null): string {
  if (active === null) return "The number of active people is unknown: the directory has not been read yet.";
  const people = countOf(active, "person is active", "people are active");
  if (seats === null) return `${people}. The number of seats is not recorded, so seats are not checked.`;
  if (active > seats) return `${people} on ${countOf(seats, "seat", "seats")}: ${active - seats} too many.`;
  return `${people} on ${countOf(seats, "seat", "seats")}: ${(seats - active).toLocaleString("en-GB")} free.`;
}

/** Seats in use in percent, at most 100; null if either number is unknown. */
export function toSeatsTaken(active: number | null, seats: number | null): number | null {
  if (active === null || seats === null) return null;
  return seats === 0 ? 100 : Math.min(100, Math.round((active / seats) * 100));
}
