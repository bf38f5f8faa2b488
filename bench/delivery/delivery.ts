import { startNotifyStandIn } from '../../scripts/stand-ins/notify.ts';
import type { FreshDatabase } from '../fresh-database.ts';
import { print } from '../in-words.ts';
import { startWorkers } from '../workers.ts';
import type { DeliveryBench } from './delivery-bench.ts';
import { drainByText } from './drain-by-text.ts';
import { redsAmongGreens } from './reds-among-greens.ts';

const WORKERS = 2;
const TEMPLATE = '0b4f3c1e-6a52-4d0e-9a57-1f4f0a2f7d11';

/** How fast alerts leave the building when many more wait than GOV.UK Notify takes, and whether reds wait for others. */
export async function benchDelivery(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  await measured(await fresh('drain'), drainByText);
  await measured(await fresh('reds_among_greens'), redsAmongGreens);
}

async function measured(fresh: FreshDatabase, bench: (on: DeliveryBench) => Promise<string>): Promise<void> {
  const notify = await startNotifyStandIn();
  try {
    print(
      await bench({
        fresh,
        notify,
        // E-mail goes by Notify as well: every message is subject to the one limit.
        startWorkers: () =>
          startWorkers(WORKERS, {
            DATABASE_URL: fresh.url,
            SMTP_URL: 'smtp://127.0.0.1:9',
            NOTIFY_URL: notify.url,
            NOTIFY_API_KEY: notify.apiKey,
            NOTIFY_SMS_TEMPLATE: TEMPLATE,
            NOTIFY_EMAIL_TEMPLATE: TEMPLATE,
          }),
      }),
    );
  } finally {
    await notify.close();
    await fresh.close();
  }
}
