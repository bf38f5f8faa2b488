import { CrashSite } from './crash-site.ts';

let site: CrashSite;
beforeAll(async () => {
  site = await CrashSite.start(['notify']);
});
afterAll(() => site.stop());

it('sends a message exactly once by Notify, wherever a sending process is killed', async () => {
  const { hub } = site;
  const turn = async () => {
    const reference = await site.redAt('10:30');
    await hub.fire();
    const recover = async () => {
      await site.recoverDelivery(reference);
      const taken = hub.notify.taken.filter(({ personalisation }) => personalisation['subject']!.includes(reference));
      expect(taken).toHaveLength(1);
    };
    return { given: { provider: 'notify', settings: hub.settings }, recover };
  };
  await site.killEverywhere('deliver', turn, hub.notify.url);
}, 1_200_000);
