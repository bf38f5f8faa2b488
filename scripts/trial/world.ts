import { Agencies, Staff, type StaffActor } from '#access';
import { AcknowledgeAlerts, FireDue } from '#alerts';
import { EndJudgement, JudgeChildren } from '#children';
import { PublishVersion } from '#deadlines';
import { RecordDecision, SignOffDecision } from '#decisions';
import { RecordDiscussion } from '#discussions';
import { ALERT_GROUPS, claimLapsesAt } from '#domain';
import { AllowFeedback, TellReferrer } from '#feedback';
import { AnswerRequest, AskAgency, ReadLateAnswer, WithdrawRequest } from '#partners';
import { SubmitReferral, RateReferral } from '#referrals';
import { AcceptHandover } from '#rota';
import { AnswerRoute, RecordEdgeOfCare, SendOn } from '#routes';
import { SERVICE, openDataSource, Database, isDatabaseAway, sql } from '#store';
import { CheckInvariants } from '#watchdog';
import { ClaimReferral, GiveBack } from '#work';
import type { Mailbox } from '../demonstration/mailbox.ts';
import { stopClock } from '../demonstration/shift-clock.ts';
import { composeHub, type WholeHub } from '../hub/whole-hub.ts';
import { AppOnTrial } from './app-on-trial.ts';
import { FaultyNetwork } from './faulty-network.ts';
import type { HubServer } from './hub-server.ts';
import { Model } from './model.ts';
import type { OwnRedis } from '../stand-ins/redis-server.ts';

/** PostgreSQL is never away for as long as this. */
const PATIENCE_MS = 30_000;

/** What a lane keeps from one world to the next. */
export interface Surroundings {
  readonly server: HubServer;
  readonly redis: OwnRedis | null;
  readonly mailbox: Mailbox;
}

/** A hub at work: a database whose clock stands still, two workers and a watchdog, each behind a network of its own. */
export class World {
  /** How many referrals have been accepted: all of them must be there. */
  accepted = 0;

  private constructor(
    readonly around: Surroundings,
    readonly name: string,
    private readonly source: Awaited<ReturnType<typeof openDataSource>>,
    readonly database: Database,
    readonly networks: readonly FaultyNetwork[],
    readonly apps: readonly AppOnTrial[],
    readonly agencyId: string,
    /** A person of that agency, who answers for it. */
    readonly partner: StaffActor,
    readonly manager: StaffActor,
    readonly otherManager: StaffActor,
    readonly model: Model,
    private readonly hub: WholeHub,
  ) {}

  static async create(around: Surroundings, startAt: Temporal.Instant): Promise<World> {
    const { server, redis, mailbox } = around;
    const name = await server.createDatabase();
    await redis?.flush();
    const source = await openDataSource({ url: server.url(name), pool: 6, app: 'trial' });
    const database = new Database(source.manager);
    await stopClock(database, startAt);
    const agency = { name: 'Loomgate School', kind: 'school', sourceCode: '2A' };
    const agencyId = await new Agencies(database).add(agency, SERVICE);
    const people = await addPeople(database);
    const networks = await Promise.all([1, 2, 3].map(() => FaultyNetwork.to(server.port)));
    const apps = networks.map(
      (network, index) =>
        new AppOnTrial(index < 2 ? 'worker' : 'watchdog', {
          DATABASE_URL: server.url(name, network.port),
          ...(redis === null ? {} : { REDIS_URL: redis.url }),
          SMTP_URL: mailbox.smtpUrl,
          CONSOLE_URL: 'http://127.0.0.1:3001',
          WORKER_PORT: '0',
          WATCHDOG_PORT: '0',
        }),
    );
    await Promise.all(apps.map((app) => app.start()));
    const [manager, otherManager] = people;
    const model = new Model(startAt);
    return new World(
      around,
      name,
      source,
      database,
      networks,
      apps,
      agencyId,
      await addPartner(database, agencyId),
      manager!,
      otherManager!,
      model,
      await composeHub(database),
    );
  }

  readonly submit = this.hub.get(SubmitReferral);
  readonly rate = this.hub.get(RateReferral);
  readonly claim = this.hub.get(ClaimReferral);
  readonly giveBack = this.hub.get(GiveBack);
  readonly acknowledge = this.hub.get(AcknowledgeAlerts);
  readonly decide = this.hub.get(RecordDecision);
  readonly signOff = this.hub.get(SignOffDecision);
  readonly ask = this.hub.get(AskAgency);
  readonly answer = this.hub.get(AnswerRequest);
  readonly withdraw = this.hub.get(WithdrawRequest);
  readonly readLateAnswer = this.hub.get(ReadLateAnswer);
  readonly recordDiscussion = this.hub.get(RecordDiscussion);
  readonly answerRoute = this.hub.get(AnswerRoute);
  readonly sendOn = this.hub.get(SendOn);
  readonly recordEdgeOfCare = this.hub.get(RecordEdgeOfCare);
  readonly tellReferrer = this.hub.get(TellReferrer);
  readonly allowFeedback = this.hub.get(AllowFeedback);
  readonly judgeChildren = this.hub.get(JudgeChildren);
  readonly endJudgement = this.hub.get(EndJudgement);
  readonly publish = this.hub.get(PublishVersion);
  readonly acceptHandover = this.hub.get(AcceptHandover);
  readonly invariants = this.hub.get(CheckInvariants);
  readonly fireDue = this.hub.get(FireDue);

  /** Does what may be done twice until PostgreSQL has answered. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() - begun > PATIENCE_MS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  async moveTo(instant: Temporal.Instant): Promise<void> {
    await this.setClock(instant);
    this.model.movedTo(instant);
  }

  /** Meanwhile the people of a trial go on working on what they hold, so that no claim lapses. */
  async setClock(instant: Temporal.Instant): Promise<void> {
    await this.patiently(() =>
      this.database
        .as(SERVICE)
        .rows(sql`UPDATE referral SET claim_lapses_at = ${claimLapsesAt(instant)} WHERE claim_lapses_at IS NOT NULL`),
    );
    await this.patiently(() => stopClock(this.database, instant));
  }

  async close(): Promise<void> {
    for (const app of this.apps) app.thaw();
    await Promise.all(this.apps.map((app) => app.close()));
    await Promise.all(this.networks.map((network) => network.close()));
    await this.hub.close();
    await this.source.destroy();
    await this.around.server.dropDatabase(this.name);
  }
}

async function addPartner(database: Database, agencyId: string): Promise<StaffActor> {
  const partner = { subject: 'pat.partner', name: 'Pat Partner', email: 'pat.partner@agency.example.org' } as const;
  const id = await new Staff(database).add({ ...partner, role: 'partner', agencyId, alertGroups: [] }, SERVICE);
  return { kind: 'staff', id, name: partner.name, role: 'partner', agencyId };
}

/** Two managers in every group, so that every alert has a person to go to. */
async function addPeople(database: Database): Promise<readonly StaffActor[]> {
  const staff = new Staff(database);
  const people: StaffActor[] = [];
  for (const name of ['Mel Manager', 'Max Manager']) {
    const subject = name.toLowerCase().replace(' ', '.');
    const email = `${subject}@hub.example.org`;
    const id = await staff.add({ subject, name, email, role: 'manager', alertGroups: ALERT_GROUPS }, SERVICE);
    people.push({ kind: 'staff', id, name, role: 'manager' });
  }
  return people;
}
