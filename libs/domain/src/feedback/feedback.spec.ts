import fc from 'fast-check';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import { REFERRAL_SOURCES } from '../code-lists/referral-sources.ts';
import { FEEDBACK_AUDIENCES, feedbackAudience, feedbackWay } from './feedback-audience.ts';
import { feedbackLetter, feedbackWords, LONGEST_REASON_TO_REFERRER, proposedReason } from './feedback-words.ts';
import { repeatsRationale } from './repeats-rationale.ts';

describe('who is told of a decision', () => {
  it('is by the source: an individual and one of whom nothing is known by leave, an anonymous one never', () => {
    const by = Object.groupBy(REFERRAL_SOURCES, (source) => feedbackAudience(source));
    expect(by.anonymous).toEqual(['9']);
    expect(by.public).toEqual(['1A', '1B', '1C', '1D', '10']);
    expect(by.professional).toHaveLength(REFERRAL_SOURCES.length - 6);
    expect(feedbackAudience(null)).toBe('professional');
  });

  it.each([
    ['2A', 'email', true, 'owed', 'message', null],
    ['2A', 'email', false, 'owed', 'person', 'no_address'],
    ['2A', 'person', true, 'owed', 'person', 'agency_setting'],
    ['2A', 'person', false, 'owed', 'person', 'agency_setting'],
    ['1B', 'email', true, 'awaiting_leave', 'message', null],
    ['1B', 'email', false, 'awaiting_leave', 'person', 'no_address'],
    ['10', 'person', true, 'awaiting_leave', 'person', 'agency_setting'],
    ['9', 'email', true, 'not_owed', 'none', null],
    ['9', 'person', false, 'not_owed', 'none', null],
  ] as const)('source %s, agency by %s, address %s: %s by %s', (source, feedbackBy, hasEmail, state, way, why) => {
    expect(feedbackWay({ source, feedbackBy, hasEmail })).toMatchObject({ state, way, whyByPerson: why });
  });
});

describe('the words for a referrer', () => {
  const words = (outcome: (typeof OUTCOMES)[number], reason: string | null = null) =>
    feedbackWords({ outcome, audience: 'professional', reason, hubPhone: '0161 496 0000' });

  it.each(OUTCOMES)('of %s say plainly what, why, what is asked, how to add and how to challenge', (outcome) => {
    const { decided, reason, asked, toAddInformation, toChallenge } = words(outcome);
    for (const text of [decided, reason, asked, toAddInformation, toChallenge]) expect(text).toMatch(/^[A-Z].{15,}\.$/);
    expect(`${decided} ${reason} ${asked}`).not.toMatch(/section \d|threshold|level|rationale|triage|_/i);
    expect(reason).toBe(proposedReason(outcome));
    expect(reason.length).toBeLessThan(LONGEST_REASON_TO_REFERRER);
    expect([toAddInformation, toChallenge].every((text) => text.includes('0161 496 0000'))).toBe(true);
    expect(toChallenge).toContain('escalation policy');
  });

  it('differ from outcome to outcome', () => {
    expect(new Set(OUTCOMES.map((outcome) => words(outcome).decided)).size).toBe(OUTCOMES.length);
    expect(new Set(OUTCOMES.map((outcome) => words(outcome).reason)).size).toBe(OUTCOMES.length);
  });

  it('are the decider’s where the decider gives a reason', () => {
    expect(words('early_help', 'You asked for help with food.').reason).toBe('You asked for help with food.');
  });

  it('say the same of every outcome to a person of the public', () => {
    const told = OUTCOMES.map((outcome) =>
      JSON.stringify(feedbackWords({ outcome, audience: 'public', reason: null, hubPhone: null })),
    );
    expect(new Set(told).size).toBe(1);
    expect(told[0]).not.toMatch(/escalation/);
  });
});

describe('the e-mail to a referrer', () => {
  it.each(FEEDBACK_AUDIENCES)('to a %s one says the reference and where to hear more, and no outcome', (audience) => {
    const { subject, text } = feedbackLetter({ reference: 'MASH-7K3F-9QXT', audience, hubPhone: '0161 496 0000' });
    expect(subject).toContain('MASH-7K3F-9QXT');
    for (const part of ['MASH-7K3F-9QXT', 'ring the hub on 0161 496 0000', 'dial 999']) expect(text).toContain(part);
    for (const outcome of OUTCOMES) {
      const { decided, reason, asked } = feedbackWords({
        outcome,
        audience: 'professional',
        reason: null,
        hubPhone: null,
      });
      for (const told of [decided, reason, asked]) expect(text).not.toContain(told);
    }
    expect(`${subject} ${text}`).not.toMatch(/child’s|assess|early help|protect|social worker|no further/i);
  });

  it('gives no number where the hub has none', () => {
    const { text } = feedbackLetter({ reference: 'MASH-7K3F-9QXT', audience: 'professional', hubPhone: null });
    expect(text).toContain('ring the hub and give the reference');
    expect(text).not.toMatch(/null|undefined/);
  });
});

describe('words for a referrer repeat the rationale', () => {
  const RATIONALE = 'Bruise on a baby who cannot roll; the account changed twice, and the GP saw an older mark too.';

  it.each([
    [RATIONALE, true],
    [`  ${RATIONALE.toUpperCase().replaceAll(' ', '\n')} `, true],
    [`We think so because: ${RATIONALE} Thank you.`, true],
    ['Bruise on a baby who cannot roll, the account changed twice and the GP said more.', true],
    ['the account changed twice', false],
    ['A child may have been hurt, and a doctor looks at that today.', false],
    ['', false],
    ['   ', false],
  ])('%j: %s', (text, isIt) => {
    expect(repeatsRationale(text, RATIONALE)).toBe(isIt);
  });

  it('also where both are short, when they are the same', () => {
    expect(repeatsRationale('no further action', 'No further action.')).toBe(true);
    expect(repeatsRationale('no further', 'No further action.')).toBe(false);
  });

  it('wherever the rationale is put whole into them, and never where they share no word', () => {
    const sentence = fc.array(fc.stringMatching(/^[a-m]{2,8}$/), { minLength: 5, maxLength: 30 });
    const other = fc.array(fc.stringMatching(/^[n-z]{2,8}$/), { maxLength: 30 });
    fc.assert(
      fc.property(sentence, other, other, (rationale, before, behind) => {
        expect(repeatsRationale([...before, ...rationale, ...behind].join(' '), rationale.join('\n'))).toBe(true);
        expect(repeatsRationale([...before, ...behind].join(' '), rationale.join(' '))).toBe(false);
      }),
    );
  });
});
