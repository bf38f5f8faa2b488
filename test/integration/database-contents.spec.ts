import { differencesInWords, readContents, type Contents } from '../../scripts/restore-drill/contents.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { asSuperuser } from '../support/verbs/record-chain.ts';

let hub: Hub;
let before: Contents;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  before = await readContents(hub.url);
});
afterAll(() => hub.drop());

const differences = async () => differencesInWords(before, await readContents(hub.url));

describe('the comparison of a restored database with the one of before', () => {
  it('finds no difference where there is none, also when rows lie on the disk in another order', async () => {
    expect(before.get('public.staff_member')!.rows).toBeGreaterThan(1);
    expect([...before.keys()]).toEqual(expect.arrayContaining(['public.referral', 'public.job', 'public.record_lane']));
    await asSuperuser(
      hub.url,
      `UPDATE staff_member SET email = email WHERE id = (SELECT id FROM staff_member ORDER BY id LIMIT 1)`,
    );
    expect(await differences()).toEqual([]);
  });

  it('names a table with a changed row', async () => {
    await asSuperuser(
      hub.url,
      `UPDATE staff_member SET email = email || '.uk' WHERE id = (SELECT id FROM staff_member ORDER BY id LIMIT 1)`,
    );
    expect(await differences()).toEqual(['public.staff_member has as many rows as before, and not the same ones.']);
  });

  it('names a table that has other rows in number, one that is gone, and one that is new', async () => {
    await asSuperuser(hub.url, 'CREATE TABLE public.probe AS SELECT 1 AS one');
    const withProbe = await readContents(hub.url);
    expect(differencesInWords(before, withProbe)).toEqual(['public.probe was not there before: it has 1 row.']);
    expect(differencesInWords(withProbe, before)).toEqual(['public.probe is not there: it had 1 row.']);
    await asSuperuser(hub.url, 'INSERT INTO public.probe VALUES (2)');
    expect(differencesInWords(withProbe, await readContents(hub.url))).toEqual([
      'public.probe has 2 rows; it had 1 row.',
    ]);
    await asSuperuser(hub.url, 'DROP TABLE public.probe');
  });
});
