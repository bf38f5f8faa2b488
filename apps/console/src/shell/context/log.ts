/** The console's log, which Nest injects as `@Inject(LOG) log: Logger`. */
export const LOG = Symbol('LOG');
