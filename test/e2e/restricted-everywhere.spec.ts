import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { pagePathsOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import type { StaffActor } from '#access';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

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

/** Words that stand in the restricted record alone. */
const SECRETS = [
  'Quillfeather',
  'Ottoline',
  'Zephyrine',
  'OL99 9ZZ',
  'rhubarbcrumble',
  'marmaladecat',
  'gooseberryfool',
];

const CHILD = {
  ...{ firstName: 'Ottoline', lastName: 'Quillfeather', dateOfBirth: '2019-03-14', sex: 'F', nhsNumber: '9990000018' },
  address: { line1: '1 Secret Row', postcode: 'OL99 9ZZ' },
};
const ADULT = { name: 'Zephyrine Quillfeather', relationship: 'mother', phone: '+441614960001' };

async function aWorkedRecord(): Promise<string> {
  const { concern } = aRoutineAmber();
  const body = {
    ...aRoutineAmber(),
    children: [CHILD],
    adults: [ADULT],
    concern: { ...concern, summary: 'The rhubarbcrumble was seen.' },
  };
  const reference = await hub.submit(body);
  await hub.linkEarlier(reference);
  const sibling = await hub.submit({
    ...aRoutineAmber(),
    children: [{ ...CHILD, firstName: 'Other', nhsNumber: '9990000026', lastName: 'Person' }],
  });
  await hub.linkEarlier(sibling);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/note`);
  await worker.press('Add the note', {
    'What do you note?': 'Another note',
    'What was said or done': 'The marmaladecat.',
  });
  await hub.decides(hub.socialWorker, reference, { rationale: 'Because of the gooseberryfool.' });
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/restriction`);
  await manager.press('Restrict it', {
    'Why is it restricted?': 'The family is in the public eye',
    'The reason, in your own words': 'The Quillfeather family.',
  });
  return reference;
}

/** Every id that a page of the console could have in its address. */
async function everyId(): Promise<readonly string[]> {
  const found = await hub.database.as(SERVICE).transaction((tx) =>
    tx.rows<{ id: string }>(sql`
      SELECT id::text FROM information_request UNION SELECT id::text FROM challenge UNION SELECT id::text FROM sample_item
      UNION SELECT id::text FROM supervision_note UNION SELECT id::text FROM referral UNION SELECT id::text FROM decision`),
  );
  return found.map(({ id }) => id);
}

it('Z9: no word of a restricted record is on any page, list, file or stream of a person who was not named', async () => {
  const reference = await aWorkedRecord();
  const controllers = PAGES.flatMap(
    (page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[],
  );
  const ids = await everyId();
  const paths = pagePathsOf(controllers).flatMap((path) => {
    const withReference = path.replace(':reference', reference).replace(':child', '1').replace(':position', '1');
    const filled = withReference.replace(':month', '2026-11').replace(':measure', 'decided-in-time');
    return /:/.test(filled) ? ids.map((id) => filled.replaceAll(/:\w+/g, id)) : [filled];
  });
  expect(paths.length).toBeGreaterThan(100);
  const others: readonly StaffActor[] = [
    hub.screener,
    hub.otherManager,
    hub.auditor,
    await hub.another('service_manager'),
    await hub.another('administrator'),
  ];
  const leaks: string[] = [];
  for (const person of others as readonly (StaffActor & { subject: string })[]) {
    const visitor = await console.visitedBy(person, '/help');
    for (const path of paths) {
      if (/^\/(live|sign-out|sign-in)/.test(path)) continue;
      const { status, text, html } = await visitor.open(path);
      if (status >= 500) leaks.push(`${path} answers ${status} to the ${person.role}`);
      const said = SECRETS.filter((word) => text.includes(word) || html.includes(word));
      if (said.length > 0) leaks.push(`${path} tells the ${person.role} ${said.join(', ')}`);
    }
  }
  expect(leaks).toEqual([]);
}, 300_000);

it('Z9: every word of it is there for the manager who restricted it', async () => {
  const [line] = (await hub.queue('decided', hub.manager)).lines;
  const manager = await console.visitedBy(hub.manager, `/referrals/${line!.reference}`);
  const { text } = manager.page;
  expect(SECRETS.filter((word) => !text.includes(word))).toEqual([]);
});
