import { Refused } from '#platform';
import { SERVICE, sql } from '#store';
import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

/**
 * A person says of two children that they are one, or that they are not.
 *
 * @returns false when there are no two children
 * @throws Error when the hub refuses what it must take, or takes what it must refuse
 */
export async function judgeChildren(world: World, which: number, withWhich: number, isSame: boolean): Promise<boolean> {
  const { judgeChildren: judging, manager: by, model } = world;
  const { all } = model.children;
  const [one, other] = [all[which % all.length], all[withWhich % all.length]];
  if (one === undefined || other === undefined || one === other) return false;
  const judgement = { one, other, isSame };
  const formId = randomUUID();
  const refusal = await world
    .patiently(() => judging.execute({ ...judgement, formId, by }))
    .then(() => null)
    .catch((error: unknown) => {
      if (error instanceof Refused) return error.code;
      throw error;
    });
  const expected = model.children.refusalOf(judgement);
  if (refusal !== expected) {
    throw new Error(`${JSON.stringify(judgement)} was answered ${refusal}, and must be answered ${expected}`);
  }
  if (refusal === null) model.children.judged(judgement);
  return true;
}

/** A person takes back what was said of two children. @returns false when nothing was said */
export async function partChildren(world: World, which: number): Promise<boolean> {
  const { endJudgement, database, manager: by, model } = world;
  const { judgements } = model.children;
  const said = judgements[which % judgements.length];
  if (said === undefined) return false;
  const stored = await world.patiently(() =>
    database.as(SERVICE).row<{ id: string }>(sql`
      SELECT j.id FROM child_judgement j JOIN referral one ON one.id = j.one_id JOIN referral other ON other.id = j.other_id
      WHERE j.ended_at IS NULL AND ((one.reference, j.one_position, other.reference, j.other_position)
          = (${said.one.reference}, ${said.one.position}, ${said.other.reference}, ${said.other.position})
        OR (other.reference, j.other_position, one.reference, j.one_position)
          = (${said.one.reference}, ${said.one.position}, ${said.other.reference}, ${said.other.position}))`),
  );
  const formId = randomUUID();
  await world.patiently(() => endJudgement.execute({ judgement: stored!.id, reason: 'A trial.', formId, by }));
  model.children.takenBack(said);
  return true;
}
