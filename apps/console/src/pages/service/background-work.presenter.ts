import { isJobName, type JobName } from '#jobs';
import type { Purpose } from '#store';
import type { BackgroundWork } from '#watchdog';
import { codeInWords, dayAndTime } from '../../shell/words/words.ts';

/** What each job does, to the people of the hub. */
const JOBS_IN_WORDS: Readonly<Record<JobName, string>> = {
  'acknowledge-referral': 'Telling a referrer that their referral is here',
  'match-earlier-referrals': 'Looking for earlier referrals of the same children',
  'close-days': 'Working out the figures of a day',
  'draw-sample': 'Drawing the sample of a month',
  'destroy-records': 'Destroying records that two people approved',
  'make-evidence': 'Making an evidence pack',
  'weekly-summary': 'Writing the weekly e-mail',
  'verify-record': 'Verifying the record',
  'scan-attachment': 'Checking a file for viruses',
  'send-webhooks': 'Telling programs of agencies what happened',
};

const PURPOSES_IN_WORDS: Readonly<Record<Purpose, string>> = {
  alert: 'Alerts',
  acknowledgement: 'Acknowledgements to referrers',
  weekly_summary: 'The weekly e-mail',
  feedback: 'Outcomes told to referrers',
  kept_form: 'Word to a person of an agency that a form is not sent',
};

export function jobInWords(name: string): string {
  return isJobName(name) ? JOBS_IN_WORDS[name] : name;
}

/** @param mayOperate whether the person may have what failed tried again */
export function presentBackgroundWork({ jobs, messages, now }: BackgroundWork, mayOperate: boolean, zone: string) {
  const when = (instant: Temporal.Instant | null) => (instant === null ? '' : dayAndTime(instant, now, zone));
  return {
    jobs: jobs.map((one) => ({
      ...{ name: one.name, words: jobInWords(one.name), waiting: one.waiting, since: when(one.since) },
      failing:
        one.failing === 0
          ? 'None'
          : `${one.failing}, up to ${one.mostFailures} ${one.mostFailures === 1 ? 'time' : 'times'} (${one.lastFailure})`,
      nextTry: when(one.nextTryAt),
      needsOperator: one.needsOperator,
      mayTry: mayOperate && one.failing > 0,
    })),
    messages: messages.map((one) => ({
      ...{ purpose: PURPOSES_IN_WORDS[one.purpose], channel: codeInWords(one.channel), waiting: one.waiting },
      dueSince: when(one.dueSince),
      retried: one.retried === 0 ? 'None' : `${one.retried}${one.failure === null ? '' : ` (${one.failure})`}`,
      nextTry: when(one.nextTryAt),
    })),
    needsOperator: jobs.some(({ needsOperator }) => needsOperator),
    mayOperate,
  };
}
