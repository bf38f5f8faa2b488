import { NestFactory } from '@nestjs/core';
import { createLogger, type ApiSettings } from '#platform';
import { ApiModule } from '../../apps/api/src/api.module.ts';
import { contractOf } from '../../apps/api/src/contract/open-api.ts';

/** Where the contract of the API is kept. */
export const CONTRACT_FILE = 'docs/openapi.json';

/** The contract as its file holds it, from the routes alone: nothing is started and no database is asked. */
export async function contractText(): Promise<string> {
  const settings = { DATABASE_URL: 'postgres://nowhere', DATABASE_POOL: 1 } as ApiSettings;
  const module = ApiModule.with(settings, createLogger('contract', 'silent'), { databaseUrl: settings.DATABASE_URL });
  const app = await NestFactory.create(module, { preview: true, logger: false, abortOnError: false });
  return `${JSON.stringify(contractOf(app), null, 2)}\n`;
}
