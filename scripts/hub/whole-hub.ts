import 'reflect-metadata';
import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccessModule } from '#access';
import { AlertMessages, AlertsModule, FiringModule } from '#alerts';
import { AttachmentsModule, AttachmentWorkModule } from '#attachments';
import { ChildrenModule } from '#children';
import { RestrictionsModule } from '#restrictions';
import { DeadlinesModule } from '#deadlines';
import { DecisionsModule } from '#decisions';
import { FeedbackLetters, FeedbackModule } from '#feedback';
import { DiscussionsModule } from '#discussions';
import { JobsModule } from '#jobs';
import { MessagesModule } from '#messages';
import {
  ChallengesModule,
  ClosingModule,
  EvidenceModule,
  OversightModule,
  RecordVerificationModule,
  SamplesModule,
  SummaryModule,
  SupervisionModule,
  WeeklyLetters,
} from '#oversight';
import { PartnersModule } from '#partners';
import { createLogger, PlatformModule, WatchdogSettings, type ChannelSettings, type Logger } from '#platform';
import { AcknowledgementLetters, RearmModule, ReferralsModule } from '#referrals';
import { RetentionModule, RetentionWorkModule } from '#retention';
import { ChannelsModule, RotaModule, RotaWatchModule } from '#rota';
import { RoutesModule } from '#routes';
import { StoreModule, type Database } from '#store';
import { WatchdogModule } from '#watchdog';
import { KeptFormLetters, WorkModule } from '#work';

/** The use cases of the whole service on one database, from the modules that the apps are made of. Nothing runs by itself. */
export interface WholeHub {
  /** The one of this class: what an app would inject. */
  get<T>(useCase: Type<T> | Abstract<T>): T;
  close(): Promise<void>;
}

/** The settings of a hub that has only e-mail, to a mail server that is not there. */
const NOTHING_LEAVES: Partial<ChannelSettings> = {
  SMTP_URL: 'smtp://127.0.0.1:9',
  CONSOLE_URL: 'https://console.hub.example.org',
};

class WholeHubModule {}

/**
 * Composes every use case as the apps do: for tests, the bench, the trials, and the history of a demonstration.
 *
 * @param database which the caller closes; it may be that of a transaction
 */
export async function composeHub(
  database: Database,
  {
    settings = {},
    log = createLogger('hub', 'silent'),
    clamdUrl,
  }: { settings?: Partial<ChannelSettings>; log?: Logger; clamdUrl?: string | undefined } = {},
): Promise<WholeHub> {
  const messages = MessagesModule.sending([
    AlertMessages,
    AcknowledgementLetters,
    FeedbackLetters,
    KeptFormLetters,
    WeeklyLetters,
  ]);
  const context: INestApplicationContext = await NestFactory.createApplicationContext(
    {
      module: WholeHubModule,
      imports: [
        PlatformModule.with(WatchdogSettings, Object.assign(new WatchdogSettings(), NOTHING_LEAVES, settings), log),
        StoreModule.on(database),
        JobsModule.leavingToSweep(),
        DeadlinesModule,
        ChannelsModule,
        AccessModule,
        RotaModule,
        RotaWatchModule,
        ReferralsModule,
        ChildrenModule,
        RestrictionsModule,
        RearmModule,
        WorkModule,
        PartnersModule,
        AttachmentsModule,
        AttachmentWorkModule.with(clamdUrl),
        RoutesModule,
        FeedbackModule,
        DiscussionsModule,
        DecisionsModule,
        AlertsModule,
        OversightModule,
        ClosingModule,
        RecordVerificationModule.with(null),
        ChallengesModule,
        EvidenceModule,
        RetentionModule,
        RetentionWorkModule,
        SamplesModule,
        SummaryModule,
        SupervisionModule,
        messages,
        FiringModule.with(messages),
        WatchdogModule.with(messages),
      ],
    },
    { logger: false, abortOnError: false },
  );
  return {
    get: <T>(useCase: Type<T> | Abstract<T>) => context.get(useCase, { strict: false }),
    close: () => context.close(),
  };
}
