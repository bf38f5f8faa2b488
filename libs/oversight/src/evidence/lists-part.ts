import { firstDueAt, isAtOrBefore, isInTimeByLowering, minutesOverdue, type Moment, type Standing } from '#domain';
import type { Transaction } from '#store';
import type { Standings } from '../standings/standings.ts';
import type { EvidenceReferral, ListsPart, PackOf } from './evidence.ts';
import { periodOf } from './months-of-pack.ts';

/** The referrals behind what an inspector asks first: each by its reference alone. */
export async function listsOfPack(
  tx: Transaction,
  standings: Standings,
  pack: PackOf,
  moment: Moment,
): Promise<ListsPart> {
  const { asOf, calendar } = moment;
  const received = await standings.of(tx, { received: periodOf(pack, calendar.timeZone) }, asOf);
  const open = await standings.of(tx, 'open', asOf);
  const late = received.filter((one) => one.effectiveAt !== null && !isAtOrBefore(one.effectiveAt, firstDueAt(one)));
  const list = (ones: readonly Standing[]) => ones.map((one) => written(one, moment));
  return {
    lateDecisions: list(late),
    loweredThenInTime: list(received.filter((one) => isInTimeByLowering(one, moment))),
    overdue: list(open.filter((one) => isAtOrBefore(firstDueAt(one), asOf))),
  };
}

function written(one: Standing, { asOf, calendar }: Moment): EvidenceReferral {
  return {
    ...{ reference: one.reference, rating: one.rating, outcome: one.outcome, lateReason: one.lateReason },
    receivedAt: one.receivedAt.toString(),
    dueAt: one.dueAt.toString(),
    statutoryDueAt: one.statutoryDueAt.toString(),
    decidedAt: one.decidedAt?.toString() ?? null,
    effectiveAt: one.effectiveAt?.toString() ?? null,
    minutesLate: minutesOverdue(one, { asOf: one.effectiveAt ?? asOf, calendar }),
  };
}
