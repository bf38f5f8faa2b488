/** No sandbox has this id. */
export class NoSuchHub extends Error {}

/** The clock would be moved too far. */
export class ClockTooFar extends Error {}
