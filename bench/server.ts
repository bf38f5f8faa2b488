import 'reflect-metadata';
import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUIDv7 } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import type { SubmittedReferral } from '#domain';
import { ApiSettings, createLogger, readSettings } from '#platform';
import { createPool, SERVICE, Database, StoreModule, sql } from '#store';
import { createApi } from '../apps/api/src/create-api.ts';
import { insertLean } from './lean.ts';

/**
 * Process of its own. `api` is ours, `bare` is one INSERT of the same body in one commit on the same stack, and `lean`
 * is the facts that ours keeps of it, by the leanest SQL on the same stack.
 */
const settings = readSettings(ApiSettings);
const log = createLogger('bench', 'silent');
const [which, agencyId = ''] = process.argv.slice(2);
const app = which === 'api' ? await createApi(settings, log) : await createOther(which === 'bare' ? bare() : lean());
await app.listen(settings.API_PORT, '127.0.0.1');
process.send?.('started');

function bare() {
  @Controller('bare')
  class BareController {
    constructor(private readonly database: Database) {}

    @Post()
    async insert(@Req() request: Request, @Res() response: Response): Promise<void> {
      const body = bodyOf(request);
      await this.database
        .as(SERVICE)
        .rows(sql`INSERT INTO bench_bare (id, body) VALUES (${randomUUIDv7()}, ${JSON.stringify(body)})`);
      response.status(201).json({ ok: true });
    }
  }
  return BareController;
}

function lean() {
  const pool = createPool({ url: settings.DATABASE_URL, size: settings.DATABASE_POOL, app: 'lean' });
  @Controller('lean')
  class LeanController {
    @Post()
    async insert(@Req() request: Request, @Res() response: Response): Promise<void> {
      const key = request.get('Idempotency-Key')!;
      await insertLean(pool, agencyId, key, bodyOf(request) as SubmittedReferral);
      response.status(201).json({ ok: true });
    }
  }
  return LeanController;
}

function bodyOf(request: Request): unknown {
  return JSON.parse((request.body as Buffer).toString('utf8'));
}

async function createOther(controller: new (...given: never[]) => object): Promise<NestExpressApplication> {
  const store = StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'bare' });
  @Module({ imports: [store], controllers: [controller] })
  class OtherModule {}
  const other = await NestFactory.create<NestExpressApplication>(OtherModule, { bodyParser: false, logger: false });
  other.use(express.raw({ type: 'application/json', limit: '256kb' }));
  return other;
}
