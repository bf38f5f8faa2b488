import type { StaffActor } from '#access';
import { Refused } from '#platform';
import type { ReadReferral, ReferralPage } from '#triage';
import type { ClassConstructor } from 'class-transformer';
import type { Response } from 'express';
import { ratingTag } from '../layout/words.ts';
import { readForm, type FormErrors } from '../layout/read-form.ts';
import type { StaffRequest } from '../layout/staff-request.ts';
import { changesSince } from './change-notice.ts';
import { childrenInWords } from './referral/identity.presenter.ts';

/** Refusals after which the form is shown again with what changed and what the person typed. */
const SHOWN_ON_THE_FORM = [
  'changed-meanwhile',
  'already-decided',
  'held-by-someone-else',
  'lowering-needs-a-manager',
  'nothing-to-sign-off',
  'decider-cannot-sign-off',
];

/** What every form about a referral carries: which version the person saw, and when. */
export interface SeenFields {
  readonly version: string;
  readonly openedAt: string;
}

/** The part that the forms about a referral have in common: shown, and received with errors, a conflict, or success. */
export class ReferralForm<F extends SeenFields> {
  constructor(
    private readonly shape: ClassConstructor<F>,
    private readonly readReferral: ReadReferral,
    private readonly zone: string,
    private readonly view: string,
    private readonly more: (page: ReferralPage, by: StaffActor) => object,
  ) {}

  async show({ actor }: StaffRequest, response: Response, reference: string): Promise<void> {
    await this.render(response, 200, reference, actor, {}, null, null);
  }

  /**
   * Runs the act that the form asks for. With errors, or when the act is refused, the form comes back with why and
   * with what the person typed.
   *
   * @param act does it, with the version that the person saw, and returns what to tell them
   */
  async receive(
    request: StaffRequest,
    response: Response,
    reference: string,
    act: (form: F, seenVersion: number) => Promise<string>,
  ): Promise<void> {
    const { form, errors } = readForm(this.shape, request.body);
    if (errors !== null) return this.render(response, 422, reference, request.actor, form, errors, null);
    try {
      request.session.notice = await act(form, Number(form.version));
    } catch (error) {
      if (!(error instanceof Refused) || !SHOWN_ON_THE_FORM.includes(error.code)) throw error;
      return this.render(response, 409, reference, request.actor, form, null, error.code);
    }
    response.redirect(303, `/referrals/${reference}`);
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
