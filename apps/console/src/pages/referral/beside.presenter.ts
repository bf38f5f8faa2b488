import type { ReferralPage } from '#referrals';
import { summaryListOrNone } from '../../shell/govuk/summary-list.ts';
import { presentNotes } from '../../shell/referral/notes.presenter.ts';
import { presentRelated } from '../../shell/referral/related.presenter.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { householdOf, identityOf } from './identity.presenter.ts';
import { presentPeople } from './people-tables.presenter.ts';
import { sectionsOf, submittedRows } from './submitted.presenter.ts';

/** The referral as it stands beside a form about it: all that a person decides on. */
export function presentBeside(page: ReferralPage, zone: string) {
  const { submitted, agency, reference } = page;
  return {
    related: presentRelated(page, (instant) => dayAndTime(instant, page.now, zone)),
    notes: presentNotes(page, (instant) => dayAndTime(instant, page.now, zone)),
    beside: {
      ...{ agency, reference },
      identity: identityOf(page, zone),
      received: dayAndTime(page.receivedAt, page.now, zone),
      childsVoice: summaryListOrNone(submittedRows(submitted.childsVoice, zone)),
      summary: submitted.concern.summary,
      people: presentPeople(page, zone),
      household: summaryListOrNone(householdOf(page)),
      sections: sectionsOf(page, zone),
    },
  };
}
