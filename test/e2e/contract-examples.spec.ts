import {
  ANSWER_EXAMPLES,
  ATTACHMENT_EXAMPLES,
  INFORMATION_EXAMPLES,
  REFERRAL_EXAMPLES,
  WITHDRAWAL_EXAMPLES,
} from '../../apps/api/src/contract/examples.ts';
import type { SubmittedReferral } from '#domain';
import { SCHEMAS } from '../support/contract.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  api = await RunningApi.start(hub.url);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

const SUBMIT = '/api/v1/referrals';
const CHECK = '/api/v1/referrals/validate';
const REQUESTS = '/api/v1/information-requests';

it.each(Object.entries(REFERRAL_EXAMPLES))(
  'the %s example of a referral is accepted as it is',
  async (_, { value }) => {
    expect((await api.post(hub.agency.token, value)).status).toBe(201);
  },
);

it.each(Object.entries(ANSWER_EXAMPLES))('the %s example of an answer is accepted as it is', async (_, { value }) => {
  const id = await hub.asks(hub.screener, await hub.submit(aRoutineAmber()), hub.agency.agencyId);
  expect((await api.post(hub.agency.token, value, {}, `${REQUESTS}/${id}/answers`)).status).toBe(201);
});

it.each(
  Object.entries({ ...INFORMATION_EXAMPLES, ...WITHDRAWAL_EXAMPLES }).map(
    ([name, { value }]) => [name, value] as const,
  ),
)('the %s example of an addition is accepted as it is', async (name, value) => {
  const to = name === 'withdrawal' ? 'withdrawal' : 'information';
  const reference = await hub.submit(aRoutineAmber());
  expect((await api.post(hub.agency.token, value, {}, `${SUBMIT}/${reference}/${to}`)).status).toBe(201);
});

it('the example of a file is begun as it is', async () => {
  const to = `${SUBMIT}/${await hub.submit(aRoutineAmber())}/attachments`;
  expect((await api.post(hub.agency.token, ATTACHMENT_EXAMPLES.bodyMap.value, {}, to)).status).toBe(201);
});

/** Of each property of the body that the contract bounds, the shortest value that is over the bound. */
it('each text that is longer than the contract says is refused, and one that is as long is not too long', async () => {
  const whole = structuredClone(REFERRAL_EXAMPLES.fuller.value) as unknown as SubmittedReferral;
  const parts: Readonly<Record<string, object>> = {
    SubmitReferralBody: whole,
    ReferrerBody: whole.referrer,
    ConcernBody: whole.concern,
    ChildBody: whole.children[0]!,
    AddressBody: whole.children[0]!.address!,
    AdultBody: whole.adults![0]!,
    ParentsInformedBody: whole.parentsInformed,
    AgreementBody: whole.agreement,
    ChildsVoiceBody: whole.childsVoice!,
    OtherAgencyBody: whole.otherAgencies![0]!,
  };
  for (const [schema, part] of Object.entries(parts)) {
    for (const [name, property] of Object.entries(SCHEMAS[schema]!.properties!)) {
      const { maxLength, pattern } = property as { maxLength?: number; pattern?: string };
      if (maxLength === undefined || pattern !== undefined) continue;
      const codeOf = async (length: number) => {
        const before = (part as Record<string, unknown>)[name];
        Object.assign(part, { [name]: 'w'.repeat(length) });
        const { body } = await api.post(hub.agency.token, whole, {}, CHECK);
        Object.assign(part, { [name]: before });
        const { errors = [] } = body as { errors?: readonly { pointer: string; code: string }[] };
        return errors.find(({ pointer }) => pointer.endsWith(`/${name}`))?.code;
      };
      expect([schema, name, await codeOf(maxLength + 1)]).toEqual([schema, name, expect.anything()]);
      expect([schema, name, await codeOf(maxLength)]).not.toEqual([schema, name, 'too_long']);
    }
  }
});
