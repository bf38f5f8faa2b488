import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { ReadOwnFiles } from '#attachments';
import { HubTime } from '#deadlines';
import { ReadOwnAdditions } from '#partners';
import { ReadOwnInFull } from '#referrals';
import { view, type View } from '../../shell/answer/answer.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { presentOwn } from './own-referrals.presenter.ts';

/** The page of an own referral, which has several forms. */
@Injectable()
export class OwnReferralPage {
  constructor(
    private readonly readOwnInFull: ReadOwnInFull,
    private readonly ownAdditions: ReadOwnAdditions,
    private readonly ownFiles: ReadOwnFiles,
    private readonly time: HubTime,
  ) {}

  /**
   * @param form what was typed in the form that is answered
   * @param errors by its fields; null where nothing is wrong
   * @throws Refused `not-found`, also for a referral of another agency
   */
  async show(reference: string, by: StaffActor, form: object, errors: FormErrors | null, status = 200): Promise<View> {
    const page = await this.readOwnInFull.execute(reference, by);
    const [additions, files] = [
      await this.ownAdditions.execute(reference, by),
      await this.ownFiles.execute(reference, by),
    ];
    const shown = page.isOnlyForItsSender ? { additions: [], files: { ...files, files: [] } } : { additions, files };
    const locals = presentOwn({ ...page, ...shown }, { typed: form, errors }, by, this.time.zone);
    return view('pages/own-referrals/own-referral.njk', locals, status);
  }
}
