import { type ArgumentsHost, Catch, Inject, type ExceptionFilter, HttpException } from '@nestjs/common';
import { currentRequestId, LOG, Refused, type Logger } from '#platform';
import { InvalidReferral } from '#referrals';
import { isDatabaseAway, isDatabaseBusy } from '#store';
import type { Response } from 'express';
import { ApiProblem, invalidReferral, unsupportedMediaType, type ProblemDetails } from './api-problem.ts';

/** Turns whatever was thrown into a problem. What a bug says stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { status, slug, headers = {}, ...rest } = this.problemOf(error);
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.destroy();
    response
      .status(status)
      .set(headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:mash-triage:problem:${slug}`,
          status,
          ...rest,
          instance: `urn:request:${currentRequestId() ?? 'unknown'}`,
        }),
      );
  }

  private problemOf(error: unknown): ProblemDetails {
    if (error instanceof ApiProblem) return error.problem;
    if (error instanceof InvalidReferral) return invalidReferral(error.faults).problem;
    if (error instanceof Refused) {
      this.log[error.refusal.log]({ code: error.code }, 'a request was refused');
      return ofRefusal(error);
    }
    if (error instanceof HttpException) return ofStatus(error.getStatus());
    if (isDatabaseAway(error) || isDatabaseBusy(error)) {
      this.log.error({ error }, 'the database is away');
      return UNAVAILABLE;
    }
    if (isBodyError(error)) return ofStatus(error.status);
    this.log.error({ error }, 'a request failed');
    return { status: 500, slug: 'internal-error', title: 'Something went wrong with us', detail: SAFE_TO_RETRY };
  }
}

const SAFE_TO_RETRY =
  'Nothing was stored, or it was and a retry will say so: send it again with the same Idempotency-Key.';

const UNAVAILABLE: ProblemDetails = {
  status: 503,
  slug: 'unavailable',
  title: 'We cannot take referrals at this moment',
  detail: `${SAFE_TO_RETRY} If a child is in danger, dial 999 and ring the hub.`,
  headers: { 'Retry-After': '5' },
};

const NOT_FOUND: ProblemDetails = { status: 404, slug: 'not-found', title: 'There is nothing here that you may see' };

/** An agency is told only of the refusals that are for agencies. */
function ofRefusal({ code, refusal }: Refused): ProblemDetails {
  if (!refusal.isForAgencies) return NOT_FOUND;
  const { status, title, text: detail, retryAfter } = refusal;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return { status, slug: code, title, detail, headers };
}

function ofStatus(status: number): ProblemDetails {
  if (status === 404) return NOT_FOUND;
  if (status === 415) return unsupportedMediaType().problem;
  if (status === 413) {
    return {
      status,
      slug: 'too-large',
      title: 'The body is larger than 256 kB',
      headers: { Connection: 'close' },
    };
  }
  return { status, slug: 'bad-request', title: 'The request could not be read' };
}

function isBodyError(error: unknown): error is { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
}
