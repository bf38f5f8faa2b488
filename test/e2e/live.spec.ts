import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

/** What the open page of a person is told, until it is closed. */
async function listen(person: { subject: string }) {
  const visitor = await console.visitedBy(person);
  const closed = new AbortController();
  const response = await fetch(`${console.url}/live`, {
    headers: { Cookie: visitor.cookieHeader },
    signal: closed.signal,
  });
  const heard = { text: '', close: () => closed.abort() };
  const reading = async () => {
    for await (const chunk of response.body!) heard.text += Buffer.from(chunk as Uint8Array).toString();
  };
  reading().catch(() => undefined);
  return heard;
}

it('tells an open page each alert for its person once, and no alert for another person', async () => {
  const [theirs, others] = [await listen(hub.onDuty.duty_team), await listen(hub.manager)];
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  await until(async () => theirs.text.includes(reference));
  await hub.moveTo('2026-11-23T12:00');
  await hub.fireDue.execute();
  // The next round has been when another person has been told of the alert that fired after it.
  const practice = await listen(hub.onDuty.practice_manager);
  await until(async () => practice.text.includes(reference));
  expect(others.text).not.toContain(reference);
  expect(theirs.text.match(/event: alert/g)).toHaveLength(1);
  for (const page of [theirs, others, practice]) page.close();
});
