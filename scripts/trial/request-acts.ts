import { SERVICE, sql } from '#store';
import { randomUUID } from 'node:crypto';
import type { ModelReferral } from './model-referral.ts';
import type { ModelRequest } from './model.ts';
import type { World } from './world.ts';

/** A person reads each answer that came after the decision, which ends its alerts. */
export async function readLateAnswers(world: World): Promise<void> {
  const { model, manager: by, readLateAnswer } = world;
  for (const { name, isOpen } of model.followUps.filter((one) => one.name.kind === 'late_answer')) {
    if (!isOpen) continue;
    const [, answer] = name.subject.split(' ') as [string, string];
    const formId = randomUUID();
    await world.patiently(() => readLateAnswer.execute({ answer, note: 'It stands.', formId, by }));
  }
  for (const followUp of model.followUps) followUp.end();
}

/** Asks the agency about a referral. */
export async function ask(world: World, referral: ModelReferral): Promise<void> {
  const { ask: asking, agencyId, manager: by, model } = world;
  const { reference } = referral;
  const formId = randomUUID();
  await world.patiently(() =>
    asking.execute({
      ...{ reference, agencies: [agencyId], children: [0], power: 'section_47', formId, by },
      ...{ whatFor: 'A trial.', whyNow: 'A trial.' },
    }),
  );
  const request = await world.patiently(() =>
    world.database.as(SERVICE).row<{ id: string }>(sql`
        SELECT q.id FROM information_request q JOIN referral r ON r.id = q.referral_id
        WHERE r.reference = ${reference} ORDER BY q.asked_at DESC, q.id DESC LIMIT 1`),
  );
  model.asked(referral, request!.id);
}

/** The agency answers, also after the decision. */
export async function answer(world: World, request: ModelRequest): Promise<void> {
  const { answer: answering, partner: by, model } = world;
  const formId = randomUUID();
  await world.patiently(() =>
    answering.execute({
      ...{ request: request.id, kind: 'nothing_known', words: '', leadWorker: '', lastContactOn: null },
      ...{ handling: 'receiving_service', saidBy: '', formId, by },
    }),
  );
  const stored = await world.patiently(() =>
    world.database
      .as(SERVICE)
      .row<{ id: string }>(sql`SELECT id FROM information_answer WHERE request_id = ${request.id}`),
  );
  model.answered(request, stored!.id);
}

/** The hub does not need the answer any more. */
export async function withdraw(world: World, request: ModelRequest): Promise<void> {
  const { withdraw: withdrawing, manager: by, model } = world;
  const formId = randomUUID();
  await world.patiently(() => withdrawing.execute({ request: request.id, reason: 'A trial.', formId, by }));
  model.withdrawn(request);
}
