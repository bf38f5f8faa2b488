import type { StaffActor } from '#access';
import { AcknowledgeAlerts, AlertMessages, FireDue } from '#alerts';
import type { SubmittedReferral } from '#domain';
import { JobNudge } from '#jobs';
import { Dispatcher, RecordOutcome, SendMessages } from '#messages';
import { createLogger, type ChannelSettings } from '#platform';
import { SubmitReferral } from '#referrals';
import type { Database } from '#store';
import { composeHub, type WholeHub } from '../../../scripts/hub/whole-hub.ts';
import { point } from './points.ts';

/** What each path is given, as it goes from the test to the process that is killed. */
export interface Given {
  accept: { agencyId: string; idempotencyKey: string; referral: SubmittedReferral };
  fire: Record<never, never>;
  deliver: { provider: string; settings: ChannelSettings };
  acknowledge: { reference: string; by: StaffActor };
}
export type PathName = keyof Given;

/** The hub as the apps compose it, with a point where a commit is told of. */
export async function hubToKill(database: Database, settings?: ChannelSettings): Promise<WholeHub> {
  const hub = await composeHub(database, settings === undefined ? {} : { settings });
  hub.get(JobNudge).nudge = () => point('stored, not yet answered');
  hub.get(SendMessages).nudge = () => point('fired, no nudge yet');
  return hub;
}

/** The paths on which nothing may be lost: each as the apps run it. */
export const PATHS: {
  readonly [P in PathName]: (hub: WholeHub, given: Given[P], database: Database) => Promise<unknown>;
} = {
  accept: (hub, given) => hub.get(SubmitReferral).execute(given),
  fire: (hub) => hub.get(FireDue).execute(),
  deliver: (hub, { provider }, database) => {
    const carrier = hub.get(SendMessages).providers.find(({ name }) => name === provider)!;
    const silent = createLogger('victim', 'silent');
    return new Dispatcher(database, carrier, [hub.get(AlertMessages)], hub.get(RecordOutcome), silent).sendDue();
  },
  acknowledge: (hub, given) => hub.get(AcknowledgeAlerts).execute(given),
};
