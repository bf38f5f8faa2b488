import { asUser, noteWhoActs, whoDidWhat } from '../../bench/who-acts.ts';
import { BACKENDS } from '../support/queue-stores.ts';
import { until } from '../support/until.ts';
import { Service } from './service.ts';

const APIS = ['api_of_test_1', 'api_of_test_2'] as const;
const WORKERS = ['worker_of_test_1', 'worker_of_test_2'] as const;
const AT_ONCE = 20;

describe.each(BACKENDS)('two apis and two workers beside one another with BullMQ on %s', (backend) => {
  let service: Service;
  beforeEach(async () => {
    service = await Service.begin(backend);
    await noteWhoActs(service.hub.database, [...APIS, ...WORKERS]);
  });
  afterEach(() => service.end());

  it('R7: share accepting, jobs and messages, lose nothing and do nothing twice', async () => {
    const { hub } = service;
    const start = (app: 'api' | 'worker', user: string) => service.start(app, asUser(user, hub.url));
    const apis = [await start('api', APIS[0]), await start('api', APIS[1])];
    for (const worker of WORKERS) await start('worker', worker);

    let sent = 0;
    const parts = async (act: 'done' | 'sent') => Object.keys((await whoDidWhat(hub.database))[act]);
    // More referrals come until both workers have had a part: how many it takes is the machine's business.
    do {
      const answers = await Promise.all(apis.map((api) => service.post(api, AT_ONCE)));
      expect(answers.flat()).toEqual(answers.flat().map(() => 201));
      sent += AT_ONCE * apis.length;
      await service.jobs.untilAllJobsAreDone();
      await hub.firstStepsAreOverdue(0);
      await until(async () => sum((await whoDidWhat(hub.database)).sent) >= sent);
    } while ((await parts('done')).length < 2 || (await parts('sent')).length < 2);

    const { accepted, done, fired } = await whoDidWhat(hub.database);
    expect(Object.keys(accepted)).toEqual([...APIS]);
    expect([sum(accepted), sum(done), sum(fired)]).toEqual([sent, 2 * sent, sent]);
    expect(await hub.receivedCount()).toBe(sent);
  });
});

const sum = (shares: Readonly<Record<string, number>>) => Object.values(shares).reduce((all, one) => all + one, 0);
