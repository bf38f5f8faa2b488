import type { ReferralPage } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { presentCaseChecks } from '../../shell/referral/case-checks.presenter.ts';
import { presentChildViews } from '../../shell/referral/child-views.presenter.ts';
import { presentNotes } from '../../shell/referral/notes.presenter.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { householdOf, identityOf } from './identity.presenter.ts';
import { presentPeople } from './people-tables.presenter.ts';
import { sectionsOf, submittedRows } from './submitted.presenter.ts';

/** The referral as it stands beside a form about it: all that a person decides on. */
export function presentBeside(page: ReferralPage, zone: string) {
  const { submitted, agency, reference } = page;
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  const checks = presentCaseChecks(page, when);
  return {
    related: presentRelated(page, when),
    notes: presentNotes(page, when),
    childViews: presentChildViews(page, when),
    caseChecks: {
      children: checks,
      areAll: checks.every(({ isChecked }) => isChecked),
      href: `/referrals/${reference}/case-check?then=decision`,
    },
    beside: {
      ...{ agency, reference },
      identity: identityOf(page, zone),
      received: when(page.receivedAt),
      childsVoice: summaryListOrNone(submittedRows(submitted.childsVoice, zone)),
      summary: submitted.concern.summary,
      people: presentPeople(page, zone),
      household: summaryListOrNone(householdOf(page)),
      sections: sectionsOf(page, zone),
    },
  };
}
