import { Module, type DynamicModule, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { ChannelSettings, LOG, type Logger } from '#platform';
import { Database } from '#store';
import { FollowUp } from './follow-up.ts';
import { Mailer } from './mailer.ts';
import { PROVIDERS, type Provider } from './provider.ts';
import { providersOf } from './providers-of.ts';
import { PURPOSES, type MessagePurpose } from './purpose.ts';
import { RecordOutcome } from './record-outcome.ts';
import { SendMessages } from './send-messages.ts';

/** For an app that takes receipts: it writes outcomes down, and needs no provider. */
@Module({ providers: [RecordOutcome], exports: [RecordOutcome] })
export class ReceiptsModule {}

/** For an app that sends, or that has messages to send by another app. */
@Module({})
export class MessagesModule implements OnApplicationShutdown {
  constructor(private readonly mailer: Mailer) {}

  /** Sends by the providers that the hub has set up. @param purposes the purposes that this app sends for */
  static sending(purposes: readonly Type<MessagePurpose>[]): DynamicModule {
    return moduleOf(purposes, {
      provide: PROVIDERS,
      useFactory: (settings: ChannelSettings, mailer: Mailer) => providersOf(settings, mailer),
      inject: [ChannelSettings, Mailer],
    });
  }

  /** Sends nothing: the messages wait in the database for an app that does. */
  static leavingToOthers(): DynamicModule {
    return moduleOf([], { provide: PROVIDERS, useValue: [] });
  }

  onApplicationShutdown(): void {
    this.mailer.close();
  }
}

function moduleOf(
  purposes: readonly Type<MessagePurpose>[],
  providers: NonNullable<DynamicModule['providers']>[number],
): DynamicModule {
  return {
    module: MessagesModule,
    providers: [
      ...purposes,
      providers,
      RecordOutcome,
      FollowUp,
      {
        provide: Mailer,
        useFactory: (settings: ChannelSettings) => new Mailer(settings.SMTP_URL, settings.MAIL_FROM),
        inject: [ChannelSettings],
      },
      { provide: PURPOSES, useFactory: (...all: MessagePurpose[]) => all, inject: [...purposes] },
      {
        provide: SendMessages,
        useFactory: (
          database: Database,
          all: readonly Provider[],
          sent: readonly MessagePurpose[],
          outcome: RecordOutcome,
          followUp: FollowUp,
          log: Logger,
        ) => new SendMessages(database, all, sent, outcome, followUp, log),
        inject: [Database, PROVIDERS, PURPOSES, RecordOutcome, FollowUp, LOG],
      },
    ],
    exports: [SendMessages, RecordOutcome, FollowUp, ...purposes],
  };
}
