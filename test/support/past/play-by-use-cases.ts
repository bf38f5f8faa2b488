import { randomUUID } from 'node:crypto';
import { CALLERS_OF_NO_AGENCY } from '#domain';
import { ReadReferral, SubmitReferral } from '#referrals';
import { SERVICE, sql } from '#store';
import type { PastReferral } from '../../../scripts/hub/past/past-referral.ts';
import type { Hub } from '../hub.ts';

/**
 * Plays what happened to a past referral by the use cases of the service, each act at its instant. No other referral may
 * be open.
 *
 * @returns the reference that it has now
 */
export async function playByUseCases(hub: Hub, { acts }: PastReferral): Promise<string> {
  let reference = '';
  for (const act of acts) {
    await hub.moveToInstant(act.at);
    if (act.kind === 'received') reference = await receive(hub, act);
    else if (act.kind === 'read') await hub.whole.get(ReadReferral).execute({ reference, by: act.by });
    else if (act.kind === 'claimed') await hub.claims(act.by, reference);
    else if (act.kind === 'given-back') await hub.givesBack(act.by, reference, act.note);
    else if (act.kind === 'rated') await hub.rates(act.by, reference, act.rating, act.reason);
    else if (act.kind === 'decided') await hub.decides(act.by, reference, act.decision);
    else if (act.kind === 'signed') {
      await hub.signsOff(act.by, reference, { result: act.result, comments: act.comments });
    } else if (act.kind === 'undone')
      await hub.undo.execute({ reference, undoes: await lastOf(hub, reference), by: act.by });
    else if (act.kind === 'acknowledged') await hub.acknowledges(act.by, reference);
    else if (act.kind === 'lapsed') await hub.returnLapsed.execute();
    else if (act.kind === 'rearmed') await hub.rearm.execute();
    else await hub.fireDue.execute();
  }
  return reference;
}

async function receive(hub: Hub, act: Extract<PastReferral['acts'][number], { kind: 'received' }>): Promise<string> {
  const { agencyId, referral, taken } = act;
  if (taken !== null) {
    const { receivedBy, by } = taken;
    const caller = CALLERS_OF_NO_AGENCY.find((code) => code === act.sourceCode) ?? 'agency';
    return (await hub.takeDown.execute({ formId: randomUUID(), agencyId, caller, referral, receivedBy, by })).reference;
  }
  const idempotencyKey = randomUUID();
  return (await hub.whole.get(SubmitReferral).execute({ agencyId, idempotencyKey, referral })).answer.reference;
}

/** The id of the agreement, or of the decision, that stands. */
async function lastOf({ database }: Hub, reference: string): Promise<string> {
  const found = await database.as(SERVICE).row<{ id: string }>(sql`
    SELECT coalesce(s.id, d.id) AS id FROM referral r JOIN decision d ON d.referral_id = r.id
    LEFT JOIN sign_off s ON s.decision_id = d.id AND s.result = 'agreed'
    WHERE r.reference = ${reference} ORDER BY d.decided_at DESC, s.signed_at DESC LIMIT 1`);
  return found!.id;
}
