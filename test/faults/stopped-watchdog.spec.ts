import { until } from '../support/until.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { Service } from './service.ts';

it('fires an alert within seconds although a watchdog stopped in the middle of firing it', async () => {
  const service = await Service.begin('postgres');
  const { hub } = service;
  try {
    const reference = await hub.submit(aFracturedToddler());
    const hold = await service.holds.holdFiring();
    await hub.clockRunsFrom('2026-11-23T10:31');
    const watchdog = await service.start('watchdog');
    await hold.untilReached();
    watchdog.signal('SIGSTOP');
    await service.start('worker');
    const letGo = await hub.database.now();
    await hold.letGo();
    // PostgreSQL ends the transaction that goes no further after five seconds; by itself it never would.
    await until(async () => (await hub.alertsOf(reference)).length === 1);
    expect((await hub.database.now()).since(letGo).total('seconds')).toBeLessThan(60);
  } finally {
    await service.end();
  }
});
