import type { MigrationInterface } from 'typeorm';
import { TheMainJob1764000000000 } from './1764000000000-the-main-job.ts';
import { Alerting1764100000000 } from './1764100000000-alerting.ts';
import { Claims1764200000000 } from './1764200000000-claims.ts';
import { TheQueue1764210000000 } from './1764210000000-the-queue.ts';
import { Deciding1764220000000 } from './1764220000000-deciding.ts';
import { ByTelephone1764230000000 } from './1764230000000-by-telephone.ts';
import { PeopleAtWork1764240000000 } from './1764240000000-people-at-work.ts';
import { Search1764250000000 } from './1764250000000-search.ts';
import { Reviewed1764260000000 } from './1764260000000-reviewed.ts';
import { sqlMigrations } from './sql-migrations.ts';

/** The migrations before 0010. They stay as they are: new ones are pairs of SQL files in this folder. */
export const TYPESCRIPT_MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  TheMainJob1764000000000,
  Alerting1764100000000,
  Claims1764200000000,
  TheQueue1764210000000,
  Deciding1764220000000,
  ByTelephone1764230000000,
  PeopleAtWork1764240000000,
  Search1764250000000,
  Reviewed1764260000000,
];

/** Every migration, oldest first. One that is merged is never edited. */
export const MIGRATIONS = [...TYPESCRIPT_MIGRATIONS, ...sqlMigrations(new URL('.', import.meta.url))];
