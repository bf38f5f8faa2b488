import type { FieldFault } from '#referrals';

export interface ProblemDetails {
  readonly status: number;
  /** Names the kind of problem in its `type`, `urn:mash-triage:problem:…`. */
  readonly slug: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  /** How many faults there are beside those in `errors`. */
  readonly moreFaults?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer other than success, as RFC 9457 `application/problem+json`. */
export class ApiProblem extends Error {
  constructor(readonly problem: ProblemDetails) {
    super(problem.slug);
    this.name = 'ApiProblem';
  }
}

export const unauthorized = (error?: 'invalid_token') =>
  new ApiProblem({
    status: 401,
    slug: 'unauthorized',
    title: 'We do not know who is asking',
    detail:
      'Send your credential as Authorization: Bearer. If it has worked before, ask the hub whether it was revoked.',
    headers: {
      'WWW-Authenticate': error === undefined ? 'Bearer realm="mash"' : `Bearer realm="mash", error="${error}"`,
    },
  });

/** As many faults as a person reads: the answer is in proportion, whatever was sent. */
const MOST_FAULTS = 100;

export const invalidReferral = (errors: readonly FieldFault[]) =>
  new ApiProblem({
    status: 422,
    slug: 'invalid-referral',
    title: 'Some fields of the referral cannot be accepted',
    detail: `Nothing was stored. Put the fields named in errors right and send it again.${andMore(errors.length)}`,
    errors: errors.slice(0, MOST_FAULTS),
    ...(errors.length > MOST_FAULTS && { moreFaults: errors.length - MOST_FAULTS }),
  });

function andMore(count: number): string {
  return count > MOST_FAULTS ? ` Only the first ${MOST_FAULTS} are named: there are ${count - MOST_FAULTS} more.` : '';
}

export const malformedBody = (detail: string) =>
  new ApiProblem({ status: 400, slug: 'malformed-body', title: 'The body is not JSON', detail });

export const unsupportedMediaType = () =>
  new ApiProblem({
    status: 415,
    slug: 'unsupported-media-type',
    title: 'The body must be application/json in UTF-8, not compressed',
    headers: { 'Accept-Post': 'application/json' },
  });

export const badIdempotencyKey = (isMissing: boolean) =>
  new ApiProblem({
    status: 400,
    slug: isMissing ? 'idempotency-key-required' : 'idempotency-key-invalid',
    title: isMissing ? 'An Idempotency-Key header is required' : 'The Idempotency-Key header cannot be used',
    detail:
      'Send 1 to 255 visible ASCII characters, such as a UUID: a new one for each referral, the same one for each retry.',
  });
