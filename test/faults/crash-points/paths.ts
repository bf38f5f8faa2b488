import type { StaffActor } from '#access';
import { AcknowledgeAlerts, FireDue } from '#alerts';
import { Policies } from '#deadlines';
import type { SubmittedReferral } from '#domain';
import { Dispatcher, providersOf, RecordOutcome, Mailer } from '#messages';
import { createLogger, type ChannelSettings } from '#platform';
import { SubmitReferral } from '#referrals';
import type { Database } from '#store';
import { point } from './points.ts';

/** What each path is given, as it goes from the test to the process that is killed. */
export interface Given {
  accept: { agencyId: string; idempotencyKey: string; referral: SubmittedReferral };
  fire: Record<never, never>;
  deliver: { provider: string; settings: ChannelSettings };
  acknowledge: { reference: string; by: StaffActor };
}
export type PathName = keyof Given;

/** The paths on which nothing may be lost: each as the apps run it. */
export const PATHS: { readonly [P in PathName]: (database: Database, given: Given[P]) => Promise<unknown> } = {
  accept: (database, given) =>
    new SubmitReferral(database, new Policies(database), { nudge: () => point('stored, not yet answered') }).execute(
      given,
    ),
  fire: (database) =>
    new FireDue(database, new Policies(database), new Set(['email', 'console']), silent(), () =>
      point('fired, nobody nudged'),
    ).execute(),
  deliver: (database, { provider, settings }) => {
    const carrier = providersOf(settings, new Mailer(settings.SMTP_URL, settings.MAIL_FROM)).find(
      ({ name }) => name === provider,
    )!;
    const outcome = new RecordOutcome(database, new Policies(database), new Set(['email', 'console']));
    const sender = { consoleUrl: settings.CONSOLE_URL, timeZone: 'Europe/London' };
    return new Dispatcher(database, carrier, sender, outcome, silent()).sendDue();
  },
  acknowledge: (database, given) => new AcknowledgeAlerts(database, new Policies(database)).execute(given),
};

const silent = () => createLogger('victim', 'silent');
