const REST_FIRST_MS = 10_000;
const REST_LAST_MS = 10 * 60_000;

/**
 * How long no process is started after some that failed in a row: 10 s, doubling to 10 min. What fails every time (a
 * plan that needs more memory than there is) would otherwise keep a core busy for ever.
 * @returns milliseconds; 0 after none
 */
export function restAfterFailuresMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(REST_LAST_MS, REST_FIRST_MS * 2 ** (failures - 1));
}
