import { Module, type DynamicModule } from '@nestjs/common';
import { AcknowledgeAlerts } from './acknowledge-alerts.ts';
import { CountWaiting } from './count-waiting.ts';
import { DeadlineEngine } from './deadline-engine.ts';
import { EndUndelivered } from './end-undelivered.ts';
import { FireDue } from './fire-due.ts';
import { LiveAlerts } from './live-alerts.ts';
import { ReadAlertTimeline } from './read-alert-timeline.ts';
import { ReadAlerts } from './read-alerts.ts';

const USE_CASES = [ReadAlerts, ReadAlertTimeline, LiveAlerts, AcknowledgeAlerts, CountWaiting];

/** Alerts as people read and acknowledge them. */
@Module({ providers: USE_CASES, exports: USE_CASES })
export class AlertsModule {}

const FIRING = [FireDue, DeadlineEngine, EndUndelivered];

/** The firing of alerts. */
@Module({})
export class FiringModule {
  /** @param messages the messages module of the app: by it the alerts are sent at once, or left to another app */
  static with(messages: DynamicModule): DynamicModule {
    return { module: FiringModule, imports: [messages], providers: FIRING, exports: FIRING };
  }
}
