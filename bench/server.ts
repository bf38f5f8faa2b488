import 'reflect-metadata';
import { Body, Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUIDv7 } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import { ApiSettings, createLogger, readSettings } from '#platform';
import { SERVICE, Database, StoreModule, sql } from '#store';
import { createApi } from '../apps/api/src/create-api.ts';

/** Process of its own: `api` is ours, `bare` is one INSERT of the same body in one commit on the same stack. */
const settings = readSettings(ApiSettings);
const log = createLogger('bench', 'silent');
const app = process.argv[2] === 'api' ? await createApi(settings, log) : await createBare();
await app.listen(settings.API_PORT, '127.0.0.1');
process.send?.('started');

async function createBare(): Promise<NestExpressApplication> {
  @Controller('bare')
  class BareController {
    constructor(private readonly database: Database) {}

    @Post()
    async insert(@Req() request: Request, @Res() response: Response, @Body() _body: unknown): Promise<void> {
      const body = JSON.parse((request.body as Buffer).toString('utf8')) as unknown;
      await this.database
        .as(SERVICE)
        .rows(sql`INSERT INTO bench_bare (id, body) VALUES (${randomUUIDv7()}, ${JSON.stringify(body)})`);
      response.status(201).json({ ok: true });
    }
  }
  const store = StoreModule.connectedTo({ url: settings.DATABASE_URL, pool: settings.DATABASE_POOL, app: 'bare' });
  @Module({ imports: [store], controllers: [BareController] })
  class BareModule {}
  const bare = await NestFactory.create<NestExpressApplication>(BareModule, { bodyParser: false, logger: false });
  bare.use(express.raw({ type: 'application/json', limit: '256kb' }));
  return bare;
}
