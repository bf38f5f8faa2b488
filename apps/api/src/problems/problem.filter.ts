import { type ArgumentsHost, Catch, Inject, type ExceptionFilter, HttpException } from '@nestjs/common';
import { InvalidAttachment, ObjectsAway, PartOfAnotherSize, PartsMissing } from '#attachments';
import { InvalidAddition, InvalidAnswer, InvalidEndpoint } from '#partners';
import { ApiSettings, currentRequestId, LOG, Refused, type Logger } from '#platform';
import { InvalidReferral, type FieldFault } from '#referrals';
import { isDatabaseAway, isDatabaseBusy } from '#store';
import type { Response } from 'express';
import { ApiProblem, answerOf, problem } from './api-problem.ts';
import type { ProblemSlug } from './problem-table.ts';

/** Turns every error into a problem. The words of a bug stay in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOG) private readonly log: Logger,
    private readonly settings: ApiSettings,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return void response.destroy();
    const { status, headers, body } = answerOf(
      this.problemOf(error),
      currentRequestId() ?? 'unknown',
      this.settings.API_URL,
    );
    response.status(status).set(headers).type('application/problem+json').send(body);
  }

  private problemOf(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) return error;
    if (error instanceof InvalidReferral)
      return problem('invalid-referral', { errors: error.faults.map(forDevelopers) });
    if (error instanceof InvalidAnswer) return problem('invalid-answer', { errors: error.faults.map(forDevelopers) });
    if (error instanceof InvalidAddition)
      return problem('invalid-addition', { errors: error.faults.map(forDevelopers) });
    if (error instanceof InvalidAttachment)
      return problem('invalid-attachment', { errors: error.faults.map(forDevelopers) });
    if (error instanceof PartOfAnotherSize)
      return problem('part-of-another-size', {
        detail: `Nothing was stored. This part has ${error.expected} bytes: partSize, or what is left of the file.`,
      });
    if (error instanceof PartsMissing)
      return problem('attachment-incomplete', {
        detail: `The file is not added yet. Send parts ${error.numbers.join(', ')}, then complete it.`,
      });
    if (error instanceof InvalidEndpoint)
      return problem('invalid-webhook-endpoint', { errors: error.faults.map(forDevelopers) });
    if (error instanceof Refused) {
      this.log[error.refusal.log]({ code: error.code }, 'a request was refused');
      // An agency is told only of the refusals that are for agencies.
      return error.refusal.isForAgencies ? new ApiProblem(error.code) : problem('not-found');
    }
    if (error instanceof HttpException) return ofStatus(error.getStatus());
    if (isDatabaseAway(error) || isDatabaseBusy(error)) {
      this.log.error({ error }, 'the database is away');
      return problem('unavailable');
    }
    if (error instanceof ObjectsAway) {
      this.log.error({ error }, 'the store of files is away');
      return problem('unavailable');
    }
    if (isBodyError(error)) return ofStatus(error.status);
    this.log.error({ error }, 'a request failed');
    return problem('internal-error');
  }
}

const forDevelopers = ({ detail, more = '', ...fault }: FieldFault) => ({ ...fault, detail: `${detail}${more}` });

const BY_STATUS: Readonly<Record<number, ProblemSlug>> = {
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  415: 'unsupported-media-type',
};

function ofStatus(status: number): ApiProblem {
  return problem(BY_STATUS[status] ?? 'malformed-request');
}

function isBodyError(error: unknown): error is { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
}
