import type { components } from './contract.ts';

/** A problem of the hub; new kinds may come, so that its type is any text. */
export type Problem = Omit<components['schemas']['Problem'], 'type' | 'help'> & {
  readonly type: string;
  /** The address of the page about its kind. A hub of before has none. */
  readonly help?: string;
};

/** The hub answers with a problem (RFC 9457). Its message never holds what was sent. */
export class RefusedByHub extends Error {
  override readonly name = 'RefusedByHub';
  readonly status: number;
  readonly problem: Problem;
  /** The seconds of Retry-After, where the answer has one. */
  readonly afterSeconds: number | undefined;

  constructor(status: number, problem: Problem, afterSeconds?: number) {
    super([problem.title, problem.detail, problem.instance].filter(Boolean).join(' · '));
    this.status = status;
    this.problem = problem;
    this.afterSeconds = afterSeconds;
  }

  /** The kind of problem, such as `invalid-referral`: the page at `problem.help` says what to do. */
  get kind(): string {
    return this.problem.type.replace(/^.*:/, '');
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return [408, 429, 500, 502, 503, 504].includes(this.status) || this.kind === 'idempotency-key-in-use';
  }
}

/** The hub gives no token, or takes no invitation. The message names the claim or the parameter, and the value that is expected. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';

  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/** No answer came. What was sent with an Idempotency-Key can be sent again with the same one. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}
