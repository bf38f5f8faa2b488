import { CrashSite } from './crash-site.ts';

let site: CrashSite;
beforeAll(async () => {
  site = await CrashSite.start([]);
});
afterAll(() => site.stop());

it('makes one alert a step, one delivery a person and one repeat to come, wherever a firing process is killed', async () => {
  const { hub } = site;
  await site.killEverywhere('fire', async () => {
    const reference = await site.redAt('14:00');
    const recover = async () => {
      await hub.fire();
      expect(await hub.alertsOf(reference)).toHaveLength(4);
      expect(await hub.deliveriesOf(reference)).toHaveLength(5);
      expect(await hub.waitingStepsOf(reference)).toBe(1);
    };
    return { given: {}, recover };
  });
}, 1_200_000);
