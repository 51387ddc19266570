import "server-only";
import { sqlWords } from "@/lib/db/sql-words";
import {
  blockingStates,
  guardedKinds,
  leasedRunStates,
  openChangeStates,
  openStates,
  reachedStates,
  takenStates,
  unfinishedRunStates,
  unsentStates,
} from "@/lib/states";

/* The lists of lib/states.ts as SQL: `state IN ${OPEN}`. */
export const OPEN = sqlWords(openStates);
export const BLOCKING = sqlWords(blockingStates);
export const UNSENT = sqlWords(unsentStates);
export const TAKEN = sqlWords(takenStates);
export const REACHED = sqlWords(reachedStates);
export const GUARDED_KIND = sqlWords(guardedKinds);
export const OPEN_CHANGE = sqlWords(openChangeStates);
export const UNFINISHED_RUN = sqlWords(unfinishedRunStates);
export const LEASED_RUN = sqlWords(leasedRunStates);
