import { CrashSite } from './crash-site.ts';

let site: CrashSite;
beforeAll(async () => {
  site = await CrashSite.start([]);
});
afterAll(() => site.stop());

it('pauses a chain of alerts once, wherever an acknowledging process is killed', async () => {
  const { hub } = site;
  await site.killEverywhere('acknowledge', async () => {
    const reference = await site.redAt('10:30');
    await hub.fire();
    const recover = async () => {
      // A person whose process was killed after the commit is told that there is nothing left to acknowledge.
      await hub
        .acknowledges(hub.screener, reference)
        .catch((error: unknown) => expect(error).toMatchObject({ code: 'not-found' }));
      const until = hub.at('2026-11-23T11:00').toString();
      expect(await hub.pausesOf(reference)).toEqual([{ acknowledged: until, deadline: until }]);
      expect(await hub.entryCountOf(reference, 'alert.acknowledged')).toBe(1);
    };
    return { given: { reference, by: hub.screener }, recover };
  });
}, 1_200_000);
