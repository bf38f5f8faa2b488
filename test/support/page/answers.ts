import type { Visitor } from '../visitor.ts';
import type { Answers } from './form.ts';

/** The answers of a decision, by the words of its form. */
export const aDecision = (outcome = 'Early help', more: Answers = {}): Answers => ({
  'What is to happen?': outcome,
  'Which level of need?': 'Level 2: Early help',
  'if asked: For which children is this decision?': 'The same for all children',
  'What is the primary need?': 'Family in acute stress',
  Rationale: 'Early help, agreed with the school.',
  ...more,
});

/** Answers, checks and records a decision. */
export async function decide(visitor: Visitor, reference: string, answers: Answers = aDecision()) {
  await visitor.open(`/referrals/${reference}/decision`);
  await visitor.press('Check your answers', answers);
  return visitor.press('Record the decision');
}
