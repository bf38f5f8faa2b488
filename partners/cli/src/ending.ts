import { RefusedByHub, TokenRefused, Unreachable } from '../../client/src/index.ts';

/** The exit codes of each command. */
export const EXIT = { done: 0, invalid: 2, credentials: 3, tryAgain: 4 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A reason to end that is the caller's to put right. */
export class Ending extends Error {
  readonly exit: Exit;

  constructor(exit: Exit, words: string) {
    super(words);
    this.exit = exit;
  }
}

/** How a fault ends the program. @throws the error itself where it is none that is known */
export function endingOf(error: unknown): Ending {
  if (error instanceof Ending) return error;
  if (error instanceof TokenRefused) return new Ending(EXIT.credentials, `No token: ${error.message}`);
  if (error instanceof Unreachable) return new Ending(EXIT.tryAgain, `${error.message}. Run the same command again.`);
  if (!(error instanceof RefusedByHub)) throw error;
  const faults = (error.problem.errors ?? []).map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`);
  const more = error.problem.moreFaults === undefined ? [] : [`and ${error.problem.moreFaults} more`];
  const help = error.problem.help === undefined ? [] : [`What to do: ${error.problem.help}`];
  const words = [error.message, ...faults, ...more, ...help].join('\n');
  if (error.isPassing) return new Ending(EXIT.tryAgain, `${words}\nRun the same command again.`);
  return new Ending(error.status === 401 || error.status === 403 ? EXIT.credentials : EXIT.invalid, words);
}
