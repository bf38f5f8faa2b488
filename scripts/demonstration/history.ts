import { randomUUID } from 'node:crypto';
import { Staff, type StaffActor } from '#access';
import { FireDue } from '#alerts';
import { RecordDecision, SignOffDecision } from '#decisions';
import {
  CLAIM_LEASE_MINUTES,
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  type Outcome,
  type Rating,
  type ThresholdLevel,
} from '#domain';
import { FollowUp, RecordOutcome } from '#messages';
import { AnswerRequest, AskAgency, ReadRequests } from '#partners';
import { CloseDays } from '#oversight';
import { SubmitReferral, RateReferral, ReadReferral, RenewClaim } from '#referrals';
import { ChangeRota } from '#rota';
import { SERVICE, Database, sql } from '#store';
import { ClaimReferral } from '#work';
import { addDemonstrationAgency } from './demonstration-agency.ts';
import { agenciesOf, DEMONSTRATION_PARTNERS, DEMONSTRATION_STAFF, DEMONSTRATION_TURNS } from './people.ts';
import type { DemonstrationAgency } from '../sandbox-file.ts';
import type { ScenarioFile } from './scenario-files.ts';
import { scenarioAt } from '../hub/scenario-at.ts';
import { changePolicy, makeDemonstrationPast, pastOf } from './past.ts';
import { restoreClock, setClock } from './shift-clock.ts';
import { discuss } from './discuss.ts';
import { composeHub, type WholeHub } from '../hub/whole-hub.ts';

/** Adds the fictional agencies and staff. */
export async function addPeople(
  hub: WholeHub,
  scenarios: readonly ScenarioFile[],
): Promise<readonly (DemonstrationAgency & { readonly agencyId: string })[]> {
  const staff = hub.get(Staff);
  for (const member of DEMONSTRATION_STAFF) await staff.add(member, SERVICE);
  const rota = hub.get(ChangeRota);
  const manager = (await staff.bySubject('helen.brough'))!;
  for (const { subject, ...turn } of DEMONSTRATION_TURNS) {
    const { id: personId } = (await staff.bySubject(subject))!;
    await rota.execute({ kind: 'add-shift', personId, ...turn }, manager, randomUUID());
  }
  const added = [];
  for (const { name, kind, sourceCode } of agenciesOf(scenarios)) {
    const { agencyId, token } = await addDemonstrationAgency(hub.get(Database), { name, kind, sourceCode });
    added.push({ name, sourceCode, agencyId, token });
  }
  for (const { agency, ...member } of DEMONSTRATION_PARTNERS) {
    const { agencyId } = added.find(({ name }) => name === agency)!;
    await staff.add({ ...member, agencyId }, SERVICE);
  }
  return added;
}

/** What happens to one referral, in minutes before now. */
interface Story {
  readonly scenario: number;
  readonly received: number;
  readonly read?: readonly [minutes: number, by: string];
  readonly taken?: readonly [minutes: number, by: string];
  readonly rated?: readonly [minutes: number, by: string, rating: Rating, reason: string];
  /** Agencies that are asked about the first child. */
  readonly asked?: readonly [minutes: number, by: string, ...agencies: string[]];
  readonly answered?: readonly [minutes: number, by: string, words: string];
  readonly decided?: readonly [minutes: number, by: string, outcome: Outcome, level: ThresholdLevel, rationale: string];
  readonly signedOff?: readonly [minutes: number, by: string];
  /** The strategy discussion that the decision asks for is held. */
  readonly discussed?: readonly [minutes: number, by: string];
}

const HOUR = 60;
const DAY = 24 * HOUR;
/** A red is due four hours after receipt: this one is due a minute and a half after the start. */
const DUE_ANY_MINUTE = 4 * HOUR - 1.5;

const POLICE = 'Tame Valley Police';
const HEALTH = 'Tameway Community Health - Health Visiting';

/** A hub at work: referrals at every stage, some overdue, one about to be. */
const STORIES: readonly Story[] = [
  {
    scenario: 33, received: 6 * DAY, read: [6 * DAY - 60, 'jo.marsh'], taken: [6 * DAY - 60, 'jo.marsh'],
    decided: [6 * DAY - 300, 'jo.marsh', 'early_help', 2, 'Early help with school attendance; the family agrees and the school will lead.'],
  },
  {
    scenario: 16, received: 2 * DAY, read: [2 * DAY - 8, 'sam.okafor'], taken: [2 * DAY - 8, 'sam.okafor'],
    rated: [2 * DAY - 15, 'sam.okafor', 'red', 'Confirmed after speaking to the officer.'],
    decided: [2 * DAY - 95, 'helen.brough', 'strategy_discussion', 4, 'Reasonable cause to suspect significant harm; police and health will join today.'],
    discussed: [2 * DAY - 240, 'helen.brough'],
  },
  {
    scenario: 37, received: 5 * DAY, read: [5 * DAY - 90, 'jo.marsh'], taken: [5 * DAY - 90, 'jo.marsh'],
    decided: [5 * DAY - 400, 'jo.marsh', 'no_further_action', 1, 'A dispute about contact without any sign of harm; both parents were given advice.'],
    signedOff: [4 * DAY, 'helen.brough'],
  },
  {
    scenario: 39, received: 1 * DAY, read: [1 * DAY - 30, 'tomasz.lis'], taken: [1 * DAY - 30, 'tomasz.lis'],
    decided: [1 * DAY - 200, 'tomasz.lis', 'no_further_action', 1, 'Food parcel arranged by the agency itself; no need beyond that is described.'],
  },
  // Overdue by half an hour and a little, with the repeat that follows.
  { scenario: 5, received: 4 * HOUR + 35, read: [4 * HOUR, 'sam.okafor'], taken: [4 * HOUR, 'sam.okafor'] },
  { scenario: 2, received: DUE_ANY_MINUTE, read: [3 * HOUR, 'jo.marsh'], taken: [3 * HOUR, 'jo.marsh'] },
  { scenario: 19, received: 3 * DAY, read: [3 * DAY - 200, 'jo.marsh'] },
  { scenario: 36, received: 3 * DAY },
  { scenario: 1, received: 12, asked: [9, 'sam.okafor', POLICE, HEALTH], answered: [3, 'mo.tarrant', 'Seen at home twice. The mother was alone with the baby each time.'] },
  { scenario: 11, received: 50, read: [35, 'priya.nair'], taken: [35, 'priya.nair'], asked: [30, 'priya.nair', POLICE] },
  { scenario: 22, received: 3 * HOUR, read: [2 * HOUR, 'jo.marsh'] },
  { scenario: 25, received: 90 },
  { scenario: 34, received: 40 },
  { scenario: 35, received: 5 * HOUR },
]; // prettier-ignore

interface Act {
  readonly at: Temporal.Instant;
  readonly run: () => Promise<void>;
}

/**
 * Makes the demonstration's past, and plays its last week: every referral of it is received, taken, rated and decided by the real use cases, and
 * every alert fires when it was due, with the database's clock set to each moment in turn. One transaction: an
 * interrupted start leaves nothing behind, and no other connection ever sees the clock off.
 */
export async function playHistory(
  database: Database,
  scenarios: readonly ScenarioFile[],
): Promise<readonly DemonstrationAgency[]> {
  return database.as(SERVICE).transaction(async (tx) => {
    const now = tx.now;
    const within = tx.inside();
    const hub = await composeHub(within);
    const past = pastOf(now, DEFAULT_CALENDAR.timeZone);
    await setClock(within, past.from);
    const agencies = await addPeople(hub, scenarios);
    await setClock(within, past.policyChanges);
    await changePolicy(hub);
    await makeDemonstrationPast(tx, past);
    await setClock(within, past.until);
    const player = new HistoryPlayer(hub, within, new Map(agencies.map(({ name, agencyId }) => [name, agencyId])));
    const ago = (minutes: number) => now.subtract({ seconds: Math.round(minutes * 60) });
    const acts = STORIES.flatMap((story) => player.acts(story, scenarios[story.scenario - 1]!, ago));
    acts.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    for (const { at, run } of acts) {
      await player.fireUntil(at);
      await setClock(within, at);
      await run();
    }
    await player.fireUntil(now);
    await restoreClock(within);
    await within.as(SERVICE).transaction((now) => hub.get(CloseDays).handle(now));
    await hub.close();
    return agencies.map(({ name, sourceCode, token }) => ({ name, sourceCode, token }));
  });
}

class HistoryPlayer {
  constructor(
    private readonly hub: WholeHub,
    private readonly database: Database,
    private readonly agencyIds: ReadonlyMap<string, string>,
  ) {}

  acts(story: Story, { agency, body }: ScenarioFile, ago: (minutes: number) => Temporal.Instant): readonly Act[] {
    let reference = '';
    const { hub } = this;
    const act = (minutes: number, run: () => Promise<unknown>): Act => ({
      at: ago(minutes),
      run: async () => void (await run()),
    });
    const seen = (by: StaffActor) => hub.get(ReadReferral).execute({ reference, by });
    const seenVersion = async (by: StaffActor) => (await seen(by)).version;
    const { read, taken, rated, asked, answered, decided, signedOff, discussed } = story;
    return [
      act(story.received, async () => {
        const { answer } = await hub.get(SubmitReferral).execute({
          agencyId: this.agencyIds.get(agency.name)!,
          idempotencyKey: randomUUID(),
          referral: scenarioAt(body, ago(story.received)),
        });
        reference = answer.reference;
      }),
      ...(read ? [act(read[0], async () => seenVersion(await this.person(read[1])))] : []),
      ...(taken
        ? [
            act(taken[0] - 0.5, async () =>
              hub.get(ClaimReferral).execute({ reference, by: await this.person(taken[1]) }),
            ),
          ]
        : []),
      ...(rated
        ? [
            act(rated[0], async () => {
              const by = await this.person(rated[1]);
              const { version, ratings } = await seen(by);
              await hub.get(RateReferral).execute({
                ...{ reference, version, ratingsSeen: ratings.length, formId: randomUUID(), by },
                ...{ rating: rated[2], reason: rated[3] },
              });
            }),
          ]
        : []),
      ...(asked
        ? [
            act(asked[0], async () => {
              const [, who, ...agencies] = asked;
              await hub.get(AskAgency).execute({
                ...{ reference, children: [0], power: 'section_47', formId: randomUUID(), by: await this.person(who) },
                agencies: agencies.map((name) => this.agencyIds.get(name)!),
                whatFor: 'Whether the family is known to you, and who saw the child last.',
                whyNow: 'A strategy discussion may follow today.',
              });
            }),
          ]
        : []),
      ...(answered
        ? [
            act(answered[0], async () => {
              const by = await this.person(answered[1]);
              const requests = await hub.get(ReadRequests).execute(reference, by);
              const request = requests.find(({ agencyId }) => agencyId === by.agencyId)!.id;
              await hub.get(AnswerRequest).execute({
                ...{ request, kind: 'known', words: answered[2], leadWorker: by.name, lastContactOn: null },
                ...{ handling: 'receiving_service', saidBy: '', formId: randomUUID(), by },
              });
            }),
          ]
        : []),
      ...(decided
        ? [
            act(decided[0], async () => {
              const [, who, outcome, thresholdLevel, rationale] = decided;
              const by = await this.person(who);
              const { version, rating } = await hub.get(ReadReferral).execute({ reference, by });
              await hub.get(RecordDecision).execute({
                ...{ reference, version, outcome, thresholdLevel, rationale, formId: randomUUID(), by },
                ...{ confirmsRating: rating, contradictionReason: '', noDiscussionReason: '' },
                ...{
                  progression: DEFAULT_POLICY.progressions[outcome],
                  primaryNeed: 'N1',
                  lateReason: null,
                  lateWords: '',
                },
              });
            }),
          ]
        : []),
      ...(discussed
        ? [act(discussed[0], async () => discuss(hub, reference, await this.person(discussed[1]), ago(discussed[0])))]
        : []),
      ...(signedOff
        ? [
            act(signedOff[0], async () => {
              const by = await this.person(signedOff[1]);
              const version = await seenVersion(by);
              await hub.get(SignOffDecision).execute({
                reference,
                version,
                result: 'agreed',
                comments: null,
                formId: randomUUID(),
                by,
              });
            }),
          ]
        : []),
      // The person who holds something has worked on it ever since.
      ...(taken && !decided
        ? everySoOftenSince(taken[0]).map((minutes) =>
            act(minutes, async () => hub.get(RenewClaim).execute({ reference, by: await this.person(taken[1]) })),
          )
        : []),
    ];
  }

  /** Fires every step, and sends every answer to a referrer, that was due before an instant, each when it was due. */
  async fireUntil(until: Temporal.Instant): Promise<void> {
    for (;;) {
      const next = await this.database.as(SERVICE).row<{ at: Temporal.Instant | null }>(
        sql`SELECT least(
           (SELECT min(at) FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id
            WHERE s.state = 'waiting' AND d.state = 'open'),
           (SELECT min(next_attempt_at) FROM delivery WHERE state = 'queued' AND purpose = 'feedback')) AS at`,
      );
      const at = next!.at;
      if (at === null || Temporal.Instant.compare(at, until) > 0) return;
      await setClock(this.database, at);
      await this.hub.get(FireDue).execute();
      await this.tellPeople();
    }
  }

  /** What was fired reached people then: only what is fired from the start on is sent. */
  private async tellPeople(): Promise<void> {
    const outcome = this.hub.get(RecordOutcome);
    const sent = await this.database.as(SERVICE).rows<{ id: string }>(
      sql`SELECT id FROM delivery WHERE state = 'queued' AND channel <> 'console'
           AND (purpose = 'alert' OR (purpose = 'feedback' AND next_attempt_at <= mash.now()))`,
    );
    for (const { id } of sent) {
      await outcome.accepted(id);
      await outcome.delivered(id);
    }
    await this.hub.get(FollowUp).execute();
  }

  private async person(subject: string): Promise<StaffActor> {
    return (await this.hub.get(Staff).bySubject(subject))!;
  }
}

/** Minutes ago, each within the lease of a claim of the one before, up to a moment ago. */
function everySoOftenSince(minutes: number): readonly number[] {
  const step = CLAIM_LEASE_MINUTES - 5;
  return [...Array.from({ length: Math.floor(minutes / step) }, (_, index) => minutes - step * (index + 1)), 0.1];
}
