import type { SaidOfIncident } from '#children';
import type { ReferralPage } from '#referrals';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';

/** What could not be taken back, with what was typed. */
export interface RefusedEnd {
  readonly said: string;
  readonly reason: string;
  readonly errors: FormErrors;
}

export function presentIncident(
  page: ReferralPage,
  said: readonly SaidOfIncident[],
  refused: RefusedEnd | null,
  zone: string,
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  return {
    reference: page.reference,
    children: childrenInWords(page),
    related: presentRelated(page, when),
    errorSummary: refused && errorSummary(refused.errors, () => `#reason-${refused.said}`),
    said: said.map(({ id, one, other, by, at }) => {
      const isRefused = refused?.said === id;
      const fields = new FormFields(isRefused ? { reason: refused.reason } : {}, isRefused ? refused.errors : null);
      const label = `Why ${one} and ${other} report two incidents`;
      return {
        ...{ id, one, other, by, at: when(at), isOpen: isRefused },
        reason: fields.textarea('reason', { label }, { id: `reason-${id}`, rows: 2 }),
      };
    }),
  };
}
