import { Controller, Get, Post } from '@nestjs/common';
import { Needs, type StaffActor } from '#access';
import { HubTime } from '#deadlines';
import { ClearFlag, FLAGS_SHOWN, ReadFlags } from '#referrals';
import { IsUUID } from 'class-validator';
import { redirect, view, type Answer } from '../../shell/answer/answer.ts';
import { SignedIn } from '../../shell/context/signed-in.ts';
import { Hidden } from '../../shell/forms/fields.ts';
import { FormId } from '../../shell/forms/form-id.ts';
import { PostedForm } from '../../shell/forms/posted-form.ts';
import { REOPEN, type Posted } from '../../shell/forms/read-form.ts';
import { flagInWords } from '../../shell/referral/flags.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';

export class ClearForm {
  @Hidden() @IsUUID('all', REOPEN) readonly flag: string = '';
}

/** The values that agencies asked to be set apart, and that no person has looked into. */
@Controller('flags')
export class FlagsController {
  constructor(
    private readonly readFlags: ReadFlags,
    private readonly clearFlag: ClearFlag,
    private readonly time: HubTime,
  ) {}

  @Get()
  @Needs('flag:clear')
  async list(@SignedIn() by: StaffActor): Promise<Answer> {
    const { flags, now } = await this.readFlags.execute(by);
    const lines = flags.map((flag) => ({
      ...{ id: flag.id, reference: flag.reference, agency: flag.agency, sent: flag.sent },
      what: flagInWords(flag),
      at: dayAndTime(flag.flaggedAt, now, this.time.zone),
    }));
    return view('pages/flags/flags.njk', { lines, isCut: lines.length === FLAGS_SHOWN });
  }

  @Post()
  @Needs('flag:clear')
  async clear(
    @SignedIn() by: StaffActor,
    @PostedForm(ClearForm) { form }: Posted<ClearForm>,
    @FormId() formId: string,
  ): Promise<Answer> {
    await this.clearFlag.execute({ flag: form.flag, formId, by });
    return redirect('/flags', { notice: 'It is looked into. The referral says by whom.' });
  }
}
