/** Instants that jobs are due at: all at one, or one after the other. */
export interface Schedule {
  /** Jobs before those that are measured, so that none is measured cold. */
  readonly warmUp: number;
  readonly count: number;
  /** Milliseconds from one to the next; 0 for all at one instant. */
  readonly apartMs: number;
}

/** Ten thousand due at the same instant. */
export const BURST: Schedule = { warmUp: 500, count: 10_000, apartMs: 0 };
/** One every so often, each alone. */
export const ISOLATED: Schedule = { warmUp: 200, count: 2_000, apartMs: 25 };
/** The same for what is slower to measure. */
export const ISOLATED_PEERS: Schedule = { warmUp: 50, count: 300, apartMs: 25 };

/** Seconds between what is scheduled and the first instant: enough to write it all down. */
export const LEAD_SECONDS = 12;

export const scheduleInWords = ({ count, apartMs }: Schedule) =>
  apartMs === 0 ? `Burst of ${count.toLocaleString('en-GB')}` : `${count.toLocaleString('en-GB')} one by one`;
