import ipaddr from "ipaddr.js";

/* The wait after a wrong password. Pure arithmetic; lib/operators/throttle-row.ts stores the count. A count belongs to
   whoever tries: a count of the account alone would let anybody who knows an owner's address keep the owner out. */

/** Tries without a wait, and how long a count lasts from its first try. */
export type ThrottlePolicy = { freeTries: number; windowMs: number };

/** Waits begin with the first wrong password: one address gets about 100 tries a day at one account. */
export const accountPolicy: ThrottlePolicy = { freeTries: 0, windowMs: 24 * 60 * 60 * 1000 };

/** A whole office may share one address, so it may mistype thirty times an hour without a wait. */
export const addressPolicy: ThrottlePolicy = { freeTries: 30, windowMs: 60 * 60 * 1000 };

/**
 * Tries of all strangers together, in all web processes, that are checked in a minute: a guesser with any number of
 * addresses costs no more processor time, log and table rows than this.
 */
export const strangersAMinute = 300;
export const budgetWindowMs = 60_000;
export const budgetKey = "strangers";

const delayFirstMs = 1_000;
const delayMaxMs = 15 * 60 * 1000;

/** @param failures tries counted so far, the one under way included. @returns 0, or 1 s doubling up to 15 min */
export function delayMs(failures: number, { freeTries }: ThrottlePolicy): number {
  const waits = failures - freeTries;
  return waits < 1 ? 0 : Math.min(delayFirstMs * 2 ** (waits - 1), delayMaxMs);
}

/** The delays by number of failures, from one on, until they stop growing. */
export function toDelays(policy: ThrottlePolicy): number[] {
  const delays: number[] = [];
  while (delays.at(-1) !== delayMaxMs) delays.push(delayMs(delays.length + 1, policy));
  return delays;
}

/** A stranger's tries at one account: those from another address do not count. */
export function accountKey(email: string, address: string): string {
  return `account:${email} from ${addressKey(address)}`;
}

/** @param device the id of a device that signed in before, or of a session */
export function deviceKey(device: string): string {
  return `device:${device}`;
}

/** A household or a server has a whole IPv6 /64, so a /64 counts as one address. */
export function addressKey(address: string): string {
  if (!ipaddr.IPv6.isIPv6(address)) return `address:${address}`;
  const network = ipaddr.IPv6.parse(address)
    .parts.slice(0, 4)
    .map((part) => part.toString(16));
  return `address:${network.join(":")}::/64`;
}
