import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AccessGuard, AccessModule, DEPENDENCIES, HealthController, Identify, NoActorIdentified, Staff } from '#access';
import { AttachmentWorkModule, LookAfterAttachments, ScanAttachment } from '#attachments';
import { checkpointSettings, MakeRecordMonths, RefusalRecord, TakeCheckpoint } from '#audit';
import { BankHolidayWatch, DeadlinesModule } from '#deadlines';
import { Courier, JobRunner, JobsModule, LedgerSweep, type QueueStoreSettings } from '#jobs';
import { LOG, Loop, PlatformModule, type Dependency, type Logger, WorkerSettings } from '#platform';
import {
  DeleteTechnicalRows,
  DestroyRecords,
  ForgetLeavers,
  ProposeDestruction,
  RetentionWorkModule,
} from '#retention';
import {
  CloseDays,
  ClosingModule,
  DeleteOldEvidence,
  DrawSample,
  EvidenceModule,
  MakeEvidence,
  PlanClose,
  PlanSummary,
  PlanVerification,
  RecordVerificationModule,
  SamplesModule,
  SummaryModule,
  SumUpWeek,
  VerifyNightly,
} from '#oversight';
import { ChildrenModule, keepCandidates, TellOfThirdContact } from '#children';
import { SendWebhooks, TellEndpoints, WebhooksModule } from '#partners';
import { AcknowledgeReferral, linkEarlierReferrals } from '#referrals';
import { Database, StoreModule } from '#store';
import { Alerting } from './alerting.ts';

/** A worker whose engine has not gone round for this long is not ready. */
const ENGINE_STUCK_MS = 5_000;
const A_DAY_MS = 24 * 3_600_000;
const AN_HOUR_MS = 3_600_000;
const A_MINUTE_MS = 60_000;
const FIVE_SECONDS_MS = 5_000;
const FIVE_MINUTES_MS = 5 * A_MINUTE_MS;

@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly bankHolidays: Loop;
  private readonly closing: Loop;
  private readonly oldEvidence: Loop;
  private readonly summary: Loop;
  private readonly recordMonths: Loop;
  private readonly checkpoints: Loop;
  private readonly verification: Loop;
  private readonly files: Loop;
  private readonly webhooks: Loop;
  private readonly retention: Loop;
  private readonly leavers: Loop;
  private readonly technicalRows: Loop;

  constructor(
    private readonly alerting: Alerting,
    private readonly sweep: LedgerSweep,
    private readonly courier: Courier,
    private readonly runner: JobRunner,
    @Inject(LOG) log: Logger,
    bankHolidays: BankHolidayWatch,
    planClose: PlanClose,
    old: DeleteOldEvidence,
    planSummary: PlanSummary,
    months: MakeRecordMonths,
    checkpoints: TakeCheckpoint,
    planVerification: PlanVerification,
    files: LookAfterAttachments,
    tellEndpoints: TellEndpoints,
    propose: ProposeDestruction,
    forgetLeavers: ForgetLeavers,
    technicalRows: DeleteTechnicalRows,
  ) {
    this.bankHolidays = new Loop('watching the list of bank holidays', A_DAY_MS, () => bankHolidays.execute(), log);
    this.closing = new Loop('calling for the closing of days', A_MINUTE_MS, () => planClose.execute(), log);
    this.summary = new Loop('calling for the weekly e-mail', A_MINUTE_MS, () => planSummary.execute(), log);
    this.recordMonths = new Loop('making the months of the record', AN_HOUR_MS, () => months.execute(), log);
    this.checkpoints = new Loop(
      'making a checkpoint of the record',
      FIVE_MINUTES_MS,
      async () => void (await checkpoints.execute()),
      log,
    );
    this.verification = new Loop(
      'calling for the verification of the record',
      A_MINUTE_MS,
      () => planVerification.execute(),
      log,
    );
    this.files = new Loop('looking after the files of agencies', AN_HOUR_MS, () => files.execute(), log);
    this.webhooks = new Loop('calling for webhooks', FIVE_SECONDS_MS, () => tellEndpoints.execute(), log);
    this.retention = new Loop(
      'proposing records for destruction',
      AN_HOUR_MS,
      async () => void (await propose.execute()),
      log,
    );
    this.leavers = new Loop(
      'forgetting people who left',
      AN_HOUR_MS,
      async () => void (await forgetLeavers.execute()),
      log,
    );
    this.technicalRows = new Loop(
      'deleting technical rows',
      AN_HOUR_MS,
      async () => void (await technicalRows.execute()),
      log,
    );
    this.oldEvidence = new Loop('deleting old evidence', AN_HOUR_MS, async () => void (await old.execute()), log);
  }

  static with(settings: WorkerSettings, log: Logger, queueStore: QueueStoreSettings): DynamicModule {
    const verification = RecordVerificationModule.with(checkpointSettings(settings));
    const files = AttachmentWorkModule.with(settings.CLAMD_URL);
    if (settings.CLAMD_URL === undefined) log.warn('CLAMD_URL is not set: files of agencies are shown unchecked');
    const webhooks = WebhooksModule.with(settings.WEBHOOK_KEY);
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(WorkerSettings, settings, log),
        StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'mash-worker' }),
        TerminusModule.forRoot({ logger: false }),
        DiscoveryModule,
        AccessModule,
        DeadlinesModule,
        ClosingModule,
        EvidenceModule,
        SummaryModule,
        RetentionWorkModule,
        verification,
        files,
        webhooks,
        JobsModule.working(queueStore, {
          imports: [
            ChildrenModule,
            ClosingModule,
            EvidenceModule,
            SamplesModule,
            SummaryModule,
            RetentionWorkModule,
            verification,
            files,
            webhooks,
          ],
          providers: [AcknowledgeReferral],
          inject: [
            AcknowledgeReferral,
            CloseDays,
            DestroyRecords,
            DrawSample,
            MakeEvidence,
            ScanAttachment,
            SendWebhooks,
            SumUpWeek,
            TellOfThirdContact,
            VerifyNightly,
          ],
          useFactory: (
            acknowledge: AcknowledgeReferral,
            closeDays: CloseDays,
            destroy: DestroyRecords,
            sample: DrawSample,
            evidence: MakeEvidence,
            scan: ScanAttachment,
            sendWebhooks: SendWebhooks,
            week: SumUpWeek,
            thirdContact: TellOfThirdContact,
            verifyNightly: VerifyNightly,
          ) => ({
            'acknowledge-referral': (payload, tx) => acknowledge.handle(payload, tx),
            'match-earlier-referrals': async ({ referralId }, tx) => {
              await linkEarlierReferrals(tx, referralId);
              await keepCandidates(tx, referralId);
              await thirdContact.execute(tx, [referralId]);
            },
            'scan-attachment': (payload, tx) => scan.handle(payload, tx),
            'close-days': async (_, tx) => void (await closeDays.handle(tx)),
            'destroy-records': (payload, tx) => destroy.handle(payload, tx),
            'draw-sample': (payload, tx) => sample.handle(payload, tx),
            'make-evidence': (payload, tx) => evidence.handle(payload, tx),
            'weekly-summary': (payload, tx) => week.handle(payload, tx),
            'verify-record': (_, tx) => verifyNightly.handle(tx),
            'send-webhooks': (payload, tx) => sendWebhooks.handle(payload, tx),
          }),
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Alerting, useFactory: () => Alerting.connect(settings, log) },
        { provide: Identify, useClass: NoActorIdentified },
        RefusalRecord,
        MakeRecordMonths,
        { provide: APP_GUARD, useClass: AccessGuard },
        {
          provide: DEPENDENCIES,
          useFactory: (database: Database, courier: Courier, alerting: Alerting, staff: Staff): Dependency[] => [
            { name: 'database', answers: () => database.now() },
            { name: 'queueStore', answers: () => courier.isIntact() },
            { name: 'engine', answers: async () => mustTurn(alerting) },
            // A worker that could fire an alert with no person to go to is not ready (policy key `outOfHours`).
            { name: 'lastResort', answers: () => staff.mustHaveLastResort() },
          ],
          inject: [Database, Courier, Alerting, Staff],
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.bankHolidays.start();
    this.closing.start();
    this.oldEvidence.start();
    this.summary.start();
    this.recordMonths.start();
    this.checkpoints.start();
    this.verification.start();
    this.files.start();
    this.webhooks.start();
    this.retention.start();
    this.leavers.start();
    this.technicalRows.start();
    this.courier.work((jobId) => this.runner.run(jobId));
    this.sweep.start();
    this.alerting.start();
  }

  /** Before the database closes: nothing new is begun, and the work under way is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    const loops = [this.bankHolidays, this.closing, this.oldEvidence, this.summary, this.recordMonths];
    const others = [this.checkpoints, this.verification, this.files, this.webhooks];
    const keeping = [this.retention, this.leavers, this.technicalRows];
    await Promise.all([...loops, ...others, ...keeping, this.alerting, this.sweep].map((one) => one.stop()));
  }
}

function mustTurn({ engine }: Alerting): void {
  if (engine.idleMs > ENGINE_STUCK_MS) throw new Error('the engine has stopped');
}
