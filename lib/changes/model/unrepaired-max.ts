/** Every page counts failures that need somebody. Beyond this number, counting costs more than it tells. */
export const UNREPAIRED_MAX = 1_000;
