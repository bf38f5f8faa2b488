import { Controller, Get, Query } from '@nestjs/common';
import { Needs, Staff, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ReadRecord } from '#oversight';
import { Database } from '#store';
import { view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { presentAnswer, presentQuestion } from './oversight-record.presenter.ts';
import { readRecordQuery, typedIn } from './record-query.ts';

const UNKNOWN: FormErrors = { reference: 'No referral has this reference' };

/** Who did what: read by managers and auditors, and each reading is on the record itself. */
@Controller('oversight/record')
export class OversightRecordController {
  constructor(
    private readonly readRecord: ReadRecord,
    private readonly staff: Staff,
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('record:read')
  async show(@Query() asked: Record<string, unknown>, @SignedIn() by: StaffActor): Promise<Answer> {
    const { zone } = this.time;
    const today = (await this.database.now()).toZonedDateTimeISO(zone).toPlainDate();
    const people = await this.staff.ever();
    const page = (errors: FormErrors | null, answer: object, status = 200) =>
      view(
        'pages/oversight-record/oversight-record.njk',
        { ...presentQuestion(typedIn(asked, today), people, errors), ...answer },
        status,
      );
    const { query, errors } = readRecordQuery(asked, today);
    if (errors !== null) return page(errors, { answer: null }, 422);
    const { person, reference, kind, ...rest } = query;
    const found = await this.readRecord.execute({
      ...rest,
      staffId: person || null,
      reference: reference || null,
      kind: kind || null,
      timeZone: zone,
      by,
    });
    if (found === null) return page(UNKNOWN, { answer: null }, 422);
    return page(null, { answer: presentAnswer(found, query, people, zone) });
  }
}
