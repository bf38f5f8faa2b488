import type { AlertTimeline, TimelineDelivery } from '#alerts';
import { exactTime } from '../../shell/words/exact-time.ts';
import { CHANNEL_WORDS } from '../../shell/words/policy-words.ts';
import { codeInWords, ratingTag } from '../../shell/words/words.ts';

/** One thing that happened. */
interface Event {
  readonly at: Temporal.Instant;
  readonly what: string;
  readonly who: string;
}

const STATES: Readonly<Record<TimelineDelivery['state'], string>> = {
  queued: 'waits to be sent',
  sending: 'is being sent',
  accepted: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  not_needed: 'not needed any more',
};

/** The timeline as a page and as a sheet of paper: absolute times to the second, since it is read as proof. */
export function presentTimeline(timeline: AlertTimeline, printedBy: string, zone: string) {
  const { reference, rating, now, deadlines, alerts, decided, awaitsSignOff } = timeline;
  const exact = (instant: Temporal.Instant) => exactTime(instant, zone);
  const events = eventsOf(timeline).sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  return {
    reference,
    rating: ratingTag(rating),
    printed: `Printed by ${printedBy}, ${exact(now)}`,
    received: exact(timeline.receivedAt),
    decided: decided && { by: decided.by, at: exact(decided.at), effectiveAt: exact(decided.effectiveAt) },
    awaitsSignOff: awaitsSignOff && { by: awaitsSignOff.by, at: exact(awaitsSignOff.at) },
    deadlines: deadlines.map((deadline) => ({
      ...deadline,
      name: clockName(deadline.kind),
      tag: ratingTag(deadline.rating),
      due: exact(deadline.dueAt),
      armed: exact(deadline.armedAt),
      ended: deadline.endedAt && exact(deadline.endedAt),
      state: stateInWords(deadline),
      alerts: alerts.filter(({ deadlineId }) => deadlineId === deadline.id).length,
    })),
    events: events.map(({ at, what, who }) => ({ at: exact(at), what, who })),
  };
}

function eventsOf({ receivedAt, alerts, deliveries, decided, deadlines, now }: AlertTimeline): Event[] {
  const number = new Map(alerts.map(({ id }, index) => [id, index + 1]));
  const due = deadlines
    .filter(({ state, endedAt, dueAt }) => state !== 'superseded' || Temporal.Instant.compare(dueAt, endedAt!) <= 0)
    // What is still ahead is among the deadlines.
    .filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) <= 0)
    .map(({ kind, dueAt }) => ({
      at: dueAt,
      what: kind === 'claim' ? 'To be taken by now' : `${codeInWords(kind)} due`,
      who: '',
    }));
  const fired = alerts.map((alert) => {
    const late = alert.firedAt.epochMilliseconds - alert.fireAt.epochMilliseconds;
    return {
      at: alert.firedAt,
      what: `Alert ${number.get(alert.id)} fired, ${lateness(late)}`,
      who: alert.told.map(codeInWords).join(', '),
    };
  });
  const acknowledged = alerts.flatMap((alert) =>
    alert.acknowledgedAt === null
      ? []
      : [{ at: alert.acknowledgedAt, what: `Alert ${number.get(alert.id)} acknowledged`, who: alert.acknowledgedBy! }],
  );
  return [
    { at: receivedAt, what: 'Referral received', who: '' },
    ...due,
    ...fired,
    ...deliveries.flatMap((delivery) => deliveryEvents(delivery, number.get(delivery.alertId)!)),
    ...acknowledged,
    ...(decided === null
      ? []
      : [
          { at: decided.at, what: 'Decided', who: decided.by },
          { at: decided.effectiveAt, what: 'The decision took effect: its clocks and alerts ended', who: '' },
        ]),
  ];
}

function deliveryEvents(delivery: TimelineDelivery, alert: number): Event[] {
  const { channel, recipient, state, sentAt, acceptedAt, deliveredAt, failedAt, failure } = delivery;
  const how = channel === 'loopback' ? '' : CHANNEL_WORDS[channel];
  const who = recipient ?? 'the hub';
  const said = (what: string) => `Alert ${alert} by ${how}: ${what}`;
  return [
    ...(sentAt === null ? [] : [{ at: sentAt, what: said('on its way'), who }]),
    ...(acceptedAt === null ? [] : [{ at: acceptedAt, what: said('accepted'), who }]),
    ...(deliveredAt === null ? [] : [{ at: deliveredAt, what: said('delivered'), who }]),
    ...(failedAt === null ? [] : [{ at: failedAt, what: said(`${STATES[state]} (${failure})`), who }]),
  ];
}

/** The clock of a claim is named as on the referral's page. */
function clockName(kind: AlertTimeline['deadlines'][number]['kind']): string {
  return kind === 'claim' ? 'To be taken' : codeInWords(kind);
}

function stateInWords({ kind, state, endedAt, dueAt }: AlertTimeline['deadlines'][number]): string {
  if (state === 'open') return 'Running';
  if (state === 'superseded') return 'Replaced';
  const how = Temporal.Instant.compare(endedAt!, dueAt) <= 0 ? 'on time' : 'late';
  return kind === 'claim' ? `Picked up ${how}` : `Met ${how}`;
}

/** @param ms milliseconds after the instant of the step */
function lateness(ms: number): string {
  return ms < 1_000 ? `${ms} milliseconds after its time` : `${Math.round(ms / 1_000)} seconds after its time`;
}
