// The nine days that make-hub-before-0010.mjs plays. Local times of November 2026, such as `16T10:00`.
import { randomUUID } from 'node:crypto';
import { Preferences, USUAL_PREFERENCES } from '#access';
import * as alerts from '#alerts';
import { DEFAULT_CALENDAR, DEFAULT_POLICY } from '#domain';
import * as triage from '#triage';
import { stopClock } from '../../dist/scripts/demonstration/shift-clock.js';

export async function play(hub) {
  await monday(hub);
  await tuesday(hub);
  await wednesday(hub);
  await nextMonday(hub);
  await nextTuesday(hub);
}

/** Policy and rota are changed; greens are decided, signed off, returned, taken back. */
async function monday({ database, until, instant, people, changeRota, ...hub }) {
  const { sam, priya, jo, tomasz, helen, david } = people;
  const { comes, claim, rate, decide, sign, takeBack, advise, page } = hub;
  const day = (from, to) => ({ from: instant(from), until: instant(to) });
  await until('16T08:45');
  await changeRota.execute({ kind: 'add-cover', group: 'duty_team', personId: priya.id, ...day('19T08:00', '19T18:00') }, helen); // prettier-ignore
  await changeRota.execute({ kind: 'add-absence', personId: sam.id, ...day('20T00:00', '21T00:00') }, helen);
  const publish = new alerts.PublishVersion(database);
  const policy = structuredClone(DEFAULT_POLICY);
  policy.ratings.red.claimDue = { elapsedMinutes: 20 };
  const toReds = { reason: 'Reds are taken within 20 minutes.', effectiveFrom: instant('18T00:00') };
  await publish.execute({ version: { kind: 'policy', policy }, ...toReds, seen: 1, by: helen });
  const calendar = { ...DEFAULT_CALENDAR, localClosures: ['2026-12-24'] };
  const closed = { reason: 'Closed on Christmas Eve.', effectiveFrom: null };
  await publish.execute({ version: { kind: 'calendar', calendar }, ...closed, seen: 1, by: david });
  await new Preferences(database).save(sam.id, { ...USUAL_PREFERENCES, shortcuts: true, density: 'compact' });
  await new Preferences(database).save(jo.id, { ...USUAL_PREFERENCES, shortcuts: true });
  const filters = new triage.SavedFilters(database);
  await filters.save({ name: 'Reds that wait', query: 'view=unclaimed&rating=red', forTeam: false, by: sam });
  await filters.save({ name: 'Due today', query: 'view=waiting&due=today', forTeam: true, by: helen });

  await until('16T10:00');
  const attendance = await comes(33);
  await until('16T10:30');
  await claim(attendance, jo);
  await rate(attendance, jo, 'green', 'Confirmed after speaking to the school.');
  const analysis = { worries: 'Attendance of 71 per cent.', workingWell: 'The school leads.', needsToHappen: 'A plan.', safetyScale: 7, childsVoice: 'Wants to be in school.' }; // prettier-ignore
  await decide(attendance, jo, 'early_help', 2, 'The family agrees and the school will lead.', analysis);

  await until('16T11:30');
  const contact = await comes(37);
  await claim(contact, jo);
  await decide(contact, jo, 'no_further_action', 1, 'A dispute about contact without any sign of harm.');
  await until('16T12:30');
  await sign(contact, helen);

  await until('16T13:00');
  const pantry = await comes(39);
  await claim(pantry, tomasz);
  await decide(pantry, tomasz, 'no_further_action', 1, 'Food parcel arranged by the agency itself.');
  await until('16T13:20');
  await sign(pantry, david, 'returned', 'Say what the family was told.');
  await decide(
    pantry,
    tomasz,
    'advice_and_signposting',
    1,
    'The family was told of the pantry and of benefits advice.',
  );

  await until('16T14:00');
  const recovered = await comes(16);
  await new triage.TakeNext(database).execute(sam);
  await rate(recovered, sam, 'red', 'Confirmed after speaking to the officer.');
  const assign = { references: [recovered], to: tomasz.id, note: 'The officer waits for a call.', by: sam };
  await new triage.AssignReferrals(database).execute(assign);
  await decide(recovered, tomasz, 'strategy_discussion', 4, 'Reasonable cause to suspect significant harm.');
  await until('16T14:00:20');
  await takeBack(recovered, tomasz);
  await decide(recovered, tomasz, 'strategy_discussion', 4, 'Reasonable cause; police and health will join today.');

  await until('16T15:00');
  await advise(32, jo, 'A boy repeats slogans he heard online. What can we do?', 'Speak to the Prevent lead first.');
  await advise(30, helen, 'Does this arrangement count as private fostering?', 'Not yet: the stay is under 28 days.');
  const form = await comes(38);
  await claim(form, jo);
  await decide(form, jo, 'no_further_action', 1, 'Nothing in it beyond a form without consent.');
  await sign(form, helen);
  await until('16T15:00:20');
  await takeBack(form, helen);
  await until('16T15:05');
  await sign(form, helen);
  await page(form, david);
}

/** Referrals are taken down at the hub, skipped, given back, left to lapse; a red passes to the night and is late. */
async function tuesday({ database, until, people, ...hub }) {
  const { sam, priya, jo, tomasz, helen, nadia } = people;
  const { comes, claim, rate, decide, sign, acknowledged } = hub;
  await until('17T09:00');
  const selfHarm = await comes(22, { by: sam, channel: 'telephone' });
  await new triage.TakeNext(database).execute(sam);
  await new triage.SkipReferral(database).execute({ reference: selfHarm, reason: 'I know the family.', by: sam });
  await new triage.TakeNext(database).execute(priya);
  await new triage.GiveBack(database).execute({ reference: selfHarm, note: 'CAMHS rings back at ten.', by: priya });
  await until('17T10:00');
  const carer = await comes(35, { by: priya, channel: 'walk_in' });
  await rate(selfHarm, helen, 'green', 'CAMHS sees her today and there is no intent.');
  await claim(selfHarm, jo);
  await decide(selfHarm, jo, 'child_and_family_assessment', 3, 'An assessment with CAMHS.');
  await until('17T10:30');
  await sign(selfHarm, helen);
  await claim(carer, jo);
  await decide(carer, jo, 'early_help', 2, 'A young carers assessment; the mother agrees.');
  await until('17T11:00');
  const fracture = await comes(2);
  await claim(fracture, tomasz);
  await decide(fracture, tomasz, 'strategy_discussion', 4, 'The account changes; the hospital keeps him in.');
  const missing = await comes(25);
  await claim(missing, jo);
  await until('17T15:00');
  await claim(missing, jo);
  await decide(missing, jo, 'child_and_family_assessment', 3, 'A seventh episode: the return interview comes first.');
  await until('17T16:00');
  const countyLines = await comes(7);
  await until('17T17:10');
  const [{ id: handoverId }] = await database.rows('SELECT id FROM handover');
  const accept = new alerts.AcceptHandover(database);
  await accept.write({ handoverId, note: 'The school has his telephone.', by: helen });
  await accept.accept({ handoverId, by: nadia });
  await until('17T20:05');
  await acknowledged(countyLines, nadia);
  await claim(countyLines, nadia);
  await until('17T21:05');
  await decide(countyLines, nadia, 'strategy_discussion', 4, 'Police found him; the discussion is held tonight.');
}

/** The same boy is referred again; a telephone number does not work until it is corrected. */
async function wednesday({ database, until, people, changeRota, contactOf, ...hub }) {
  const { jo, tomasz, helen } = people;
  const { comes, claim, decide, sign } = hub;
  await until('18T10:00');
  const again = await comes(2);
  await until('18T10:10');
  await claim(again, jo);
  await decide(again, jo, 'child_and_family_assessment', 3, 'The strategy discussion asked for an assessment.');
  await sign(again, helen);
  await until('18T13:00');
  await changeRota.execute(contactOf(jo, '07'), helen);
  const insulin = await comes(10);
  await until('18T13:50');
  await claim(insulin, tomasz);
  await decide(insulin, tomasz, 'immediate_protection', 4, 'Hospital tonight, with the police.');
  await sign(insulin, helen);
  await until('18T15:00');
  await changeRota.execute(contactOf(jo, '07700 900123', true), helen);
  const sought = { name: '', dateOfBirth: '', nhsNumber: '', upn: '', reference: insulin, postcode: '', agency: '' };
  await new triage.SearchReferrals(database).execute(sought, helen);
}

/** Referrals that are still open when the hub is upgraded. */
async function nextMonday({ until, people, ...hub }) {
  const { jo } = people;
  const { comes, claim, rate, decide } = hub;
  await until('23T11:00');
  await comes(19);
  await until('23T14:00');
  await comes(36);
  const antenatal = await comes(34);
  await claim(antenatal, jo);
  await rate(antenatal, jo, 'green', 'Confirmed with the health visitor.');
  const psychosis = await comes(21);
  await claim(psychosis, jo);
  await decide(psychosis, jo, 'no_further_action', 1, 'The perinatal team holds it; nothing for social care now.');
}

/** A breach, a hand-over that no person has accepted, providers out of order, jobs that wait; then the hub stops. */
async function nextTuesday({ database, policies, until, instant, people, changeRota, contactOf, ...hub }) {
  const { sam, jo, tomasz, helen, david } = people;
  const { comes, claim, acknowledged, drafts, notify, setMail, stopSending, sendAll, fireDue, relay, log, rearm } = hub;
  const canary = new alerts.Canary(database, policies);
  await until('24T05:30');
  const strangled = await comes(5);
  await until('24T08:40');
  const bruised = await comes(1);
  await claim(bruised, tomasz);
  const renewClaims = async () => {
    await new triage.RenewClaim(database).execute({ reference: bruised, by: tomasz });
    await new triage.RenewClaim(database).execute({ reference: strangled, by: sam });
  };
  await until('24T09:00:30');
  await acknowledged(strangled, helen);
  await canary.fly();
  await comes(9, { by: sam, channel: 'telephone' });
  await claim(strangled, sam);
  await renewClaims();
  const typed = {
    outcome: 'strategy_discussion',
    thresholdLevel: '4',
    rationale: 'Bruises on a baby who cannot move.',
  };
  await drafts.save('decision', bruised, { ...typed, formId: randomUUID() }, tomasz);
  await drafts.save('rating', strangled, { rating: 'red', reason: 'Confirmed with', formId: randomUUID() }, sam);
  await drafts.save('referral', randomUUID(), { channel: 'telephone', 'referrer.name': 'A caller' }, sam);
  await drafts.save('consultation', randomUUID(), { question: 'May a school' }, jo, { id: randomUUID(), began: '' });
  await changeRota.execute(contactOf(david, '07'), helen);
  await until('24T09:25');
  await renewClaims();
  setMail('out of order');
  notify.down = 500;
  await comes(31);
  await until('24T09:40');
  await renewClaims();
  setMail('no answer');
  notify.down = null;
  const { next } = await database.row(
    `SELECT min(next_attempt_at) AS next FROM delivery WHERE failure = 'ECONNECTION'`,
  );
  await stopClock(database, next);
  await sendAll();
  stopSending();
  await until('24T10:01');
  await renewClaims();
  await new triage.WhoLooks(database).say(bruised, tomasz);
  const absence = { from: instant('26T00:00'), until: instant('28T00:00') };
  await changeRota.execute({ kind: 'add-absence', personId: jo.id, ...absence }, helen);
  await new alerts.WatchRota(database, policies, new Set(['email', 'sms', 'teams'])).execute();
  await comes(27);
  await relay.handOverAll();
  await comes(28);
  const invariants = new alerts.CheckInvariants(database, policies);
  const repairs = { fireDue, rearm };
  const noSwitch = new alerts.DeadMansSwitch(null, log);
  await new alerts.Watchdog(database, invariants, canary, repairs, noSwitch, log, async () => undefined).round();
  await stopClock(database, instant('24T10:01:02'));
  await fireDue.execute();
}
