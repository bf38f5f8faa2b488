import { Injectable } from '@nestjs/common';
import { HubTime } from '#deadlines';
import { lastContactFault } from '#domain';
import { isLocalDate, oneAPointer, readFields, type FieldFault } from '#referrals';
import { Database } from '#store';
import { AnswerRequestBody } from './answer-request.body.ts';
import type { AnswerToRequest } from './answer-request.ts';

/** An answer cannot be accepted as it is. Everything that is wrong with it, one fault a pointer. */
export class InvalidAnswer extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-answer');
    this.name = 'InvalidAnswer';
  }
}

/** Reads what an agency sent as an answer to a request, or says everything that is wrong with it at once. */
@Injectable()
export class AnswerReader {
  constructor(
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  /** @throws InvalidAnswer with a pointer for every faulty field */
  async read(sent: unknown): Promise<AnswerToRequest> {
    const { body, faults: ofFields } = readFields(AnswerRequestBody, sent);
    if (body === null) throw new InvalidAnswer(ofFields);
    const today = (await this.database.now()).toZonedDateTimeISO(this.time.zone).toPlainDate();
    const faults = [...ofFields, ...wordsFaults(body), ...dayFaults(body, today)];
    if (faults.length > 0) throw new InvalidAnswer(oneAPointer(faults));
    const { kind, words = '', leadWorker = '', lastContactOn, handling } = body;
    return {
      ...{ kind, words, leadWorker, handling },
      lastContactOn: lastContactOn === undefined ? null : Temporal.PlainDate.from(lastContactOn),
    };
  }
}

function wordsFaults({ kind, words }: AnswerRequestBody): readonly FieldFault[] {
  if ((kind !== 'known' && kind !== 'refused') || words !== undefined) return [];
  return [{ pointer: '/words', code: 'required', detail: "Is required when kind is 'known' or 'refused'" }];
}

function dayFaults({ lastContactOn }: AnswerRequestBody, today: Temporal.PlainDate): readonly FieldFault[] {
  if (!isLocalDate(lastContactOn)) return [];
  const fault = lastContactFault(Temporal.PlainDate.from(lastContactOn), today);
  return fault === null ? [] : [{ pointer: '/lastContactOn', ...fault }];
}
