/** 20 MB: the largest file that the hub takes, in bytes (issue 16). A scan of a form of twenty pages has 5 to 10 MB. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** How much of a file comes at once, in bytes: what a proxy lets through by default, and what one request holds in memory. */
export const PART_BYTES = 1024 * 1024;
/** As many files as an agency can add to one referral: more are a record to hand over, and not something to read. */
export const MOST_FILES = 20;
/** A file that is not whole is removed after so long. */
export const UNFINISHED_KEPT = { hours: 24 } as const;

/** How many parts a file comes in. @param size bytes */
export const partsOf = (size: number): number => Math.ceil(size / PART_BYTES);

/** How many bytes a part has. @param part from 1 to `partsOf(size)` @param size of the whole file, in bytes */
export function bytesOfPart(part: number, size: number): number {
  return part < partsOf(size) ? PART_BYTES : size - (part - 1) * PART_BYTES;
}
