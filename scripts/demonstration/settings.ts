import { BadSettings } from '../../libs/platform/src/bad-settings.ts';

/** Where a demonstration listens and keeps its files. */
export interface DemonstrationSettings {
  readonly dataDir: string;
  readonly ports: Readonly<
    Record<
      | 'API_PORT'
      | 'CONSOLE_PORT'
      | 'WORKER_PORT'
      | 'SIGN_IN_PORT'
      | 'MAILBOX_PORT'
      | 'POSTGRES_PORT'
      | 'WATCHDOG_PORT'
      | 'SANDBOX_PORT',
      number
    >
  >;
  /** A PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
}

const PORTS = {
  API_PORT: 3000,
  CONSOLE_PORT: 3001,
  WORKER_PORT: 3002,
  SIGN_IN_PORT: 3003,
  MAILBOX_PORT: 3004,
  POSTGRES_PORT: 3005,
  WATCHDOG_PORT: 3006,
  SANDBOX_PORT: 3008,
} as const;

/** @throws BadSettings naming the setting */
export function readDemonstrationSettings(environment: NodeJS.ProcessEnv): DemonstrationSettings {
  const ports = Object.fromEntries(
    Object.entries(PORTS).map(([name, standard]) => {
      const port = Number(environment[name] || standard);
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        throw new BadSettings(`Bad settings: ${name} must be a port number, 1 to 65535.`);
      }
      return [name, port];
    }),
  ) as DemonstrationSettings['ports'];
  if (new Set(Object.values(ports)).size !== Object.keys(ports).length) {
    throw new BadSettings(`Bad settings: two of ${Object.keys(ports).join(', ')} are the same port.`);
  }
  return {
    dataDir: environment['MASH_DATA_DIR'] || '.local',
    ports,
    databaseUrl: environment['DATABASE_URL'] || undefined,
    redisUrl: environment['REDIS_URL'] || undefined,
  };
}
