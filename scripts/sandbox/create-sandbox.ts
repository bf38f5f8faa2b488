import { Inject, Module, type BeforeApplicationShutdown, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { limitRequests, LOG, Loop, nestLogger, SandboxSettings, type Logger } from '#platform';
import { PAGES_CSP } from '../../apps/api/src/problems/render-page.ts';
import { ClockAndPeopleController } from './clock-and-people.controller.ts';
import { SandboxHealthController } from './health.controller.ts';
import { HubDatabases } from './hub-databases.ts';
import { HubsAtWork } from './hubs-at-work.ts';
import { JoinController } from './join.controller.ts';
import { SandboxFilter } from './sandbox.filter.ts';

/** A sandbox that no developer has used for so long is removed. */
const KEPT: Temporal.DurationLike = { hours: 30 * 24 };

@Module({})
class SandboxModule implements BeforeApplicationShutdown {
  private readonly upkeep: Loop;

  constructor(
    private readonly databases: HubDatabases,
    private readonly hubs: HubsAtWork,
    @Inject(LOG) log: Logger,
  ) {
    this.upkeep = new Loop('looking after the sandboxes', 60_000, () => this.lookAfter(), log);
    this.upkeep.start();
  }

  static with(settings: SandboxSettings, log: Logger): DynamicModule {
    const databases = new HubDatabases(settings.DATABASE_URL);
    return {
      module: SandboxModule,
      controllers: [JoinController, ClockAndPeopleController, SandboxHealthController],
      providers: [
        { provide: SandboxSettings, useValue: settings },
        { provide: LOG, useValue: log },
        { provide: HubDatabases, useValue: databases },
        { provide: HubsAtWork, useValue: new HubsAtWork(databases, settings) },
        { provide: APP_FILTER, useClass: SandboxFilter },
      ],
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.upkeep.stop();
    await this.hubs.close();
    await this.databases.close();
  }

  private async lookAfter(): Promise<void> {
    await this.hubs.rest();
    const now = await this.databases.now();
    // A program that asks all the time starts its hub once.
    for (const id of this.hubs.ids) await this.databases.noteUse(id, now);
    for (const { id } of await this.databases.all()) await this.removeUnused(id, now);
  }

  private async removeUnused(id: string, now: Temporal.Instant): Promise<void> {
    // Looked at again: a developer may have come back while others were removed.
    const usedAt = await this.databases.usedAt(id);
    if (usedAt === null) return this.databases.noteUse(id, now);
    if (this.hubs.ids.includes(id) || Temporal.Instant.compare(usedAt, now.subtract(KEPT)) > 0) return;
    await this.databases.remove(id);
  }
}

/** The sandbox for developers of agencies: a fictional hub for each, with a clock that its developers move. */
export async function createSandbox(settings: SandboxSettings, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(SandboxModule.with(settings, log), {
    logger: nestLogger(log),
    abortOnError: false,
  });
  const hubs = app.get(HubsAtWork);
  app.disable('x-powered-by');
  app.use(
    '/join',
    helmet({ contentSecurityPolicy: { directives: { ...PAGES_CSP, formAction: ["'self'"] }, useDefaults: false } }),
  );
  app.use(['/join', '/s'], (_: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  // Who knows the id of a sandbox may use it: it is as long as a credential, and nothing behind it is real.
  app.use('/s/:id', async (request: Request, response: Response, next: NextFunction) => {
    if (/^\/sandbox(\/|$)/.test(request.path)) return next();
    try {
      await hubs.with(request.params['id'] as string, async (hub) => {
        // Who asked has gone while the hub was started.
        if (response.destroyed) return;
        const isAnswered = new Promise((resolve) => response.once('close', resolve));
        hub.handler(request, response, next);
        await isAnswered;
      });
    } catch (error) {
      next(error);
    }
  });
  limitRequests(app.getHttpServer());
  await app.init();
  return app;
}
