import { serviceAlertWords, type ReadAlerts } from '#alerts';
import { FOLLOW_UPS, OVERSIGHT_DEADLINES } from '#domain';
import type { NamedReferral } from '#work';
import { buttonAbout } from '../../shell/govuk/buttons.ts';
import { namedInWords } from '../../shell/referral/named.presenter.ts';
import { alertsForYouInWords, countInWords } from '../../shell/words/count-in-words.ts';
import { clockInWords, codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';

type Alerts = Awaited<ReturnType<ReadAlerts['execute']>>;

const SECONDARY = 'govuk-button--secondary govuk-!-margin-bottom-0';

export function presentAlerts(
  { alerts, waiting, service, now }: Alerts,
  named: ReadonlyMap<string, NamedReferral>,
  zone: string,
) {
  const [oversight, others] = split(service, ({ kind }) => isOneOf(OVERSIGHT_DEADLINES, kind));
  const [followUps, ofService] = split(others, ({ kind }) => isOneOf(FOLLOW_UPS, kind));
  const inWords = ({ kind, subject, lastFiredAt, told }: Alerts['service'][number]) => ({
    ...serviceAlertWords(kind, subject),
    lastFired: dayAndTime(lastFiredAt, now, zone),
    told: told.map(addresseeInWords).join(', '),
  });
  const rowOf = (alert: Alerts['alerts'][number]) => ({
    ...alert,
    href: `/referrals/${alert.reference}`,
    named: namedInWords(named.get(alert.reference), now, zone),
    acknowledge: buttonAbout('Acknowledge', `the alerts of ${alert.reference}`, SECONDARY),
    ratingTag: ratingTag(alert.rating, named.get(alert.reference)?.isRatingConfirmed),
    what: alert.status === 'awaiting_sign_off' ? 'Sign-off' : 'Decision',
    clock: clockInWords(alert.dueAt, now, zone),
    lastFired: dayAndTime(alert.lastFiredAt, now, zone),
    told: alert.told.map(codeInWords).join(', '),
    paused:
      alert.pausedUntil !== null && Temporal.Instant.compare(now, alert.pausedUntil) < 0
        ? dayAndTime(alert.pausedUntil, now, zone)
        : null,
  });
  const [yours, elsewhere] = split(alerts, ({ waitsForYou }) => waitsForYou);
  return {
    followUps: followUps.map(inWords),
    service: ofService.map(inWords),
    oversight: oversight.map(inWords),
    waits: alertsForYouInWords(waiting.forYou),
    inHub: countInWords(waiting.inHub),
    yours: yours.map(rowOf),
    others: elsewhere.map(rowOf),
  };
}

const isOneOf = (kinds: readonly string[], kind: string) => kinds.includes(kind);

/** Whom an alert tells. Two are no groups: the person whom a thing waits for, and the agency that has to answer. */
function addresseeInWords(one: string): string {
  if (one === 'owner') return 'the person whom it waits for';
  return one === 'agency' ? 'the agency' : codeInWords(one);
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
