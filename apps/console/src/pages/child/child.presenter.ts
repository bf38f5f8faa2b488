import { may, type StaffActor } from '#access';
import type { Appearance, KnownChild } from '#children';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { hrefOf, nameOf, presentAppearance, presentCandidate } from '../../shell/referral/known-children.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { addressInWords, only } from '../referral/identity.presenter.ts';
import { submittedRows } from '../referral/submitted.presenter.ts';

/** A judgement that could not be taken back, with what was typed. */
export interface RefusedEnd {
  readonly judgement: string;
  readonly reason: string;
  readonly errors: FormErrors;
}

export function presentChild(known: KnownChild, by: StaffActor, refused: RefusedEnd | null, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, known.now, zone);
  const { here, elsewhere, candidates, judgements } = known;
  const all = [here, ...elsewhere].sort((a, b) => Temporal.Instant.compare(b.receivedAt, a.receivedAt));
  return {
    ...{ reference: here.reference, number: here.position + 1, name: nameOf(here), address: hrefOf(here) },
    mayJudge: may(by, 'child:judge'),
    errorSummary: refused && errorSummary(refused.errors, () => `#reason-${refused.judgement}`),
    appearances: all.map((one) => ({
      ...presentAppearance(one, when),
      // Beside name and age, these tell one child from another.
      facts: summaryListOrNone(submittedRows(only(one.submitted, ['otherNames', 'sex', 'nhsNumber', 'upn']), zone)),
    })),
    households: householdsOf(all, when),
    whoKnows: whoKnowsOf(all, when),
    candidates: candidates.map((one) => presentCandidate(one, when)),
    judgements: judgements.map((one) => {
      const isRefused = refused?.judgement === one.id;
      const fields = new FormFields(isRefused ? { reason: refused.reason } : {}, isRefused ? refused.errors : null);
      const label = one.isSame ? 'Why it is wrong that they are one' : 'Why it is wrong that they are two';
      return {
        ...{ id: one.id, isSame: one.isSame, by: one.by, at: when(one.at), isOpen: isRefused },
        references: [one.one.reference, one.other.reference],
        reason: fields.textarea('reason', { label }, { id: `reason-${one.id}`, rows: 2 }),
      };
    }),
  };
}

/** Where the child lived by each referral that says it, the latest first; an address that repeats is said once. */
function householdsOf(all: readonly Appearance[], when: (instant: Temporal.Instant) => string) {
  const homes = new Map<string, string>();
  for (const { submitted, receivedAt } of all) {
    const words = addressInWords(submitted.address ?? {});
    if (words !== '' && !homes.has(words)) homes.set(words, when(receivedAt));
  }
  return [...homes].map(([address, at]) => ({ address, at }));
}

/** The agencies, schools and practices that a referral names for the child. */
function whoKnowsOf(all: readonly Appearance[], when: (instant: Temporal.Instant) => string) {
  const known = new Map<string, string>();
  for (const { agency, submitted, receivedAt } of all) {
    const { schoolOrSetting, gp } = submitted;
    for (const [who, how] of [
      [agency, 'referred'],
      [schoolOrSetting, 'school or setting'],
      [gp, 'GP'],
    ] as const)
      if (who !== undefined && !known.has(who)) known.set(who, `${how}, ${when(receivedAt)}`);
  }
  return [...known].map(([who, how]) => ({ who, how }));
}
