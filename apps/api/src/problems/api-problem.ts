import type { FieldFault } from '#referrals';
import { helpOf } from './problem-pages.ts';
import { PROBLEMS, typeOf, type ProblemSlug } from './problem-table.ts';

/** A place in a body where it is wrong: in a referral by pointer, in text by line and column as well, both from 1. */
export interface PlacedFault extends FieldFault {
  readonly line?: number;
  readonly column?: number;
}

/** What one problem says beyond its row of the table. */
export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly PlacedFault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than success, as RFC 9457 `application/problem+json`. */
export class ApiProblem extends Error {
  constructor(
    readonly slug: string,
    readonly more: ProblemDetails = {},
  ) {
    super(slug);
    this.name = 'ApiProblem';
  }
}

export const problem = (slug: ProblemSlug, more: ProblemDetails = {}) => new ApiProblem(slug, more);

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As many faults as a person reads: the answer is in proportion to a referral, not to the body. */
const MOST_FAULTS = 100;

/**
 * What is sent for a problem, whether by the app or on a connection that never became a request of it.
 *
 * @param hub the address at which agencies reach the API
 */
export function answerOf({ slug, more }: ApiProblem, requestId: string, hub: string): ProblemAnswer {
  const { status, title, detail, headers } = PROBLEMS[slug]!;
  const { errors } = more;
  const unnamed = Math.max((errors?.length ?? 0) - MOST_FAULTS, 0);
  const said = {
    type: typeOf(slug),
    status,
    title,
    detail: unnamed === 0 ? (more.detail ?? detail) : `${more.detail ?? detail} ${onlyTheFirst(unnamed)}`,
    help: helpOf(hub, slug),
    errors: errors?.slice(0, MOST_FAULTS),
    moreFaults: unnamed === 0 ? undefined : unnamed,
    instance: `urn:request:${requestId}`,
  };
  return { status, headers: { ...headers, ...more.headers }, body: JSON.stringify(said) };
}

const onlyTheFirst = (unnamed: number) => `Only the first ${MOST_FAULTS} are named: there are ${unnamed} more.`;
