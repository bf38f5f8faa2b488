import type { Logger } from '#platform';

/** The console's log, as Nest can inject it. */
export class ConsoleLog {
  constructor(readonly log: Logger) {}
}
