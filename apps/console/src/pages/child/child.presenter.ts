import { may, type StaffActor } from '#access';
import type { Appearance, FamilyChild, Home, KnownChild } from '#children';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { presentFamily } from '../../shell/referral/family.presenter.ts';
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

/** A known child with its homes and its family. */
interface ChildWithFamily extends KnownChild {
  readonly homes: readonly Home[];
  readonly family: readonly FamilyChild[];
}

export function presentChild(known: ChildWithFamily, by: StaffActor, refused: RefusedEnd | null, zone: string) {
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
    homes: known.homes.map((home) => presentHome(home, when)),
    family: presentFamily(known.family, [], known.now.toZonedDateTimeISO(zone).toPlainDate(), when),
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

/** A home as referrals say it, from when until when. One that is kept from a person is only said to be. */
function presentHome({ address, first, last }: Home, when: (instant: Temporal.Instant) => string) {
  const isOnce = first.reference === last.reference;
  return {
    address: address === null ? null : addressInWords(address) || `Property number ${address.uprn ?? 'not known'}`,
    reference: last.reference,
    seen: isOnce
      ? `by the referral received ${when(first.receivedAt)}`
      : `first ${when(first.receivedAt)}, last ${when(last.receivedAt)}`,
  };
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
