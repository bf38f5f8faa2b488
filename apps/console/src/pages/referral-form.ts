import type { StaffActor } from '#access';
import { Refused } from '#platform';
import type { ReadReferral, ReferralPage } from '#triage';
import type { Response } from 'express';
import { ratingTag } from '../layout/words.ts';
import type { FormErrors } from '../layout/read-form.ts';
import { changesSince } from './change-notice.ts';
import { childrenInWords } from './referral/referral.presenter.ts';

/** Refusals after which the form is shown again with what changed and what the person typed. */
const SHOWN_ON_THE_FORM = [
  'changed-meanwhile',
  'already-decided',
  'held-by-someone-else',
  'lowering-needs-a-manager',
  'nothing-to-sign-off',
  'decider-cannot-sign-off',
];

/** The part that the forms about a referral have in common: shown, shown again with errors, or with a conflict. */
export class ReferralForm {
  constructor(
    private readonly readReferral: ReadReferral,
    private readonly zone: string,
    private readonly view: string,
    private readonly more: (page: ReferralPage, by: StaffActor) => object,
  ) {}

  async show(response: Response, reference: string, by: StaffActor): Promise<void> {
    await this.render(response, 200, reference, by, {}, null, null);
  }

  async showAgain(
    response: Response,
    reference: string,
    by: StaffActor,
    form: object,
    errors: FormErrors,
  ): Promise<void> {
    await this.render(response, 422, reference, by, form, errors, null);
  }

  /** Runs the act that the form asks for; when it is refused, shows why and keeps the text. */
  async submit(
    response: Response,
    reference: string,
    by: StaffActor,
    form: { readonly openedAt: string },
    act: () => Promise<void>,
  ): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused) || !SHOWN_ON_THE_FORM.includes(error.code)) throw error;
      await this.render(response, 409, reference, by, form, null, error.code);
    }
  }

  private async render(
    response: Response,
    status: number,
    reference: string,
    by: StaffActor,
    form: object,
    errors: FormErrors | null,
    refusal: string | null,
  ): Promise<void> {
    const page = await this.readReferral.execute({ reference, by });
    const openedAt = 'openedAt' in form ? String(form.openedAt) : '';
    // What the person has seen changes only when they are shown what changed.
    response.status(status).render(this.view, {
      reference: page.reference,
      children: childrenInWords(page),
      rating: ratingTag(page.rating),
      holder: page.holder,
      form: errors === null ? { ...form, version: page.version, openedAt: String(page.now.epochMilliseconds) } : form,
      errors,
      errorList: errors && Object.entries(errors).map(([name, text]) => ({ href: `#${name}`, text })),
      refusal,
      changes: refusal === null ? [] : changesSince(page, openedAt, this.zone),
      ...this.more(page, by),
    });
  }
}
