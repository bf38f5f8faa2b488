/** Pages show so many months: the same month of the year before, and all since. What they show is reckoned twice. */
export const MONTHS_SHOWN = 13;
