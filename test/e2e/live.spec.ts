import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { until } from '../support/until.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  const people = async () =>
    hub.database
      .as(SERVICE)
      .rows<{ subject: string; name: string; role: string }>(sql`SELECT subject, name, role FROM staff_member`);
  console = await RunningConsole.start(hub.url, people);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

/** What somebody's open page is told, until it is closed. */
async function listen(person: { subject: string }) {
  const visitor = new Visitor(console);
  await visitor.signInAs(person.subject);
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

it('tells an open page the alerts of its person, and nobody else’s', async () => {
  const duty = hub.onDuty.duty_team;
  const [theirs, others] = [await listen(duty), await listen(hub.manager)];
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  await until(async () => theirs.text.includes(reference));
  await hub.moveTo('2026-11-23T12:00');
  await hub.fireDue.execute();
  // The next round has been by the time that somebody else has been told of what fired after it.
  const practice = await listen(hub.onDuty.practice_manager);
  await until(async () => practice.text.includes(reference));
  expect(others.text).not.toContain(reference);
  expect(theirs.text.match(/event: alert/g)).toHaveLength(1);
  for (const page of [theirs, others, practice]) page.close();
});
