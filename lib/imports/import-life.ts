/** Days that the rows of a file are kept after its upload, or after its last plan was discarded or expired. */
export const daysKept = 7;

/** A read that takes longer than this has lost its process. */
export const readingMinutesMax = 30;
