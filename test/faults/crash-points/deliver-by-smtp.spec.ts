import { CrashSite } from './crash-site.ts';

let site: CrashSite;
beforeAll(async () => {
  site = await CrashSite.start([]);
});
afterAll(() => site.stop());

it('D4: sends a message by SMTP once, or twice under one id, wherever a sending process is killed', async () => {
  const { hub } = site;
  let twice = 0;
  const turn = async () => {
    const reference = await site.redAt('10:30');
    await hub.fire();
    const recover = async () => {
      await site.recoverDelivery(reference);
      const mails = hub.mailbox.mails.filter(({ subject }) => subject.includes(reference));
      expect([1, 2]).toContain(mails.length);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      twice += mails.length - 1;
    };
    return { given: { provider: 'smtp', settings: hub.settings }, recover };
  };
  await site.killEverywhere('deliver', turn, hub.mailbox.smtpUrl);
  expect(twice).toBeGreaterThan(0);
}, 1_200_000);
