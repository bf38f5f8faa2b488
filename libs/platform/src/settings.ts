import { applyDecorators } from '@nestjs/common';
import { plainToInstance, Transform, type ClassConstructor } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { readFileSync } from 'node:fs';

const asNumber = Transform(({ value }) => (value === undefined || value === '' ? undefined : Number(value)));
const PORT = { message: 'must be a port number' };
const Port = applyDecorators(asNumber, IsInt(PORT), Min(0, PORT), Max(65_535, PORT));
const POOL = { message: 'must be a whole number from 2 to 200' };
const POSTGRES_URL = { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true };
const REDIS_URL = { protocols: ['redis', 'rediss'], require_tld: false, require_protocol: true };
const WEB_URL = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

/** What every app needs to know of where it runs. A setting `X` may be given as `X_FILE`, the path of a secret. */
export class Settings {
  /** The PostgreSQL that holds everything. */
  @IsUrl(POSTGRES_URL, { message: 'must be a postgres:// address' })
  readonly DATABASE_URL!: string;

  /** Redis or Valkey for BullMQ. Without it BullMQ keeps its queues in PostgreSQL. */
  @IsOptional()
  @IsUrl(REDIS_URL, { message: 'must be a redis:// or rediss:// address' })
  readonly REDIS_URL?: string;

  /** The address to listen on: this machine only, unless told otherwise. */
  @IsString()
  readonly LISTEN_ADDRESS: string = '127.0.0.1';

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { message: 'must be a level of log, such as info' })
  readonly LOG_LEVEL: string = 'info';

  /** Connections to PostgreSQL that one process may hold. */
  @asNumber
  @IsInt(POOL)
  @Min(2, POOL)
  @Max(200, POOL)
  readonly DATABASE_POOL: number = 10;
}

export class ApiSettings extends Settings {
  @Port
  readonly API_PORT: number = 3000;

  /** The bearer token that GOV.UK Notify calls back with. Without it its callbacks are refused. */
  @IsOptional()
  @IsString()
  @MinLength(16, { message: 'must be at least 16 characters' })
  readonly NOTIFY_CALLBACK_TOKEN?: string;

  /** As the worker has it: whether a text message may be sent to somebody else when one has failed. */
  @IsOptional()
  @IsString()
  readonly NOTIFY_SMS_TEMPLATE?: string;
}

/** How alerts leave the building. E-mail is needed; the others are used where they are set up. */
export class ChannelSettings extends Settings {
  /** The mail server that alerts and acknowledgements go out by. */
  @IsUrl(
    { protocols: ['smtp', 'smtps'], require_tld: false, require_protocol: true },
    { message: 'must be an smtp:// address' },
  )
  readonly SMTP_URL!: string;

  @IsString()
  readonly MAIL_FROM: string = 'MASH triage <mash@localhost>';

  /** Where staff open the console: alerts carry links to it. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly CONSOLE_URL!: string;

  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly NOTIFY_URL: string = 'https://api.notifications.service.gov.uk';

  /** GOV.UK Notify: `name-serviceid-key`, as its page shows it. */
  @IsOptional()
  @Matches(/[0-9a-f-]{36}-[0-9a-f-]{36}$/, { message: 'must be a key as GOV.UK Notify shows it' })
  readonly NOTIFY_API_KEY?: string;

  /** The template for alerts by e-mail: ((subject)) and ((message)). With it alerts go by Notify, not by SMTP. */
  @IsOptional()
  @IsUUID('all', { message: 'must be the id of a template' })
  readonly NOTIFY_EMAIL_TEMPLATE?: string;

  /** The template for alerts by text message: ((message)). */
  @IsOptional()
  @IsUUID('all', { message: 'must be the id of a template' })
  readonly NOTIFY_SMS_TEMPLATE?: string;

  /** A Workflows webhook of Microsoft Teams. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly TEAMS_WEBHOOK_URL?: string;

  /** Another system to tell, and the secret that signs what it is told (`whsec_…`, standardwebhooks.com). */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly ALERT_WEBHOOK_URL?: string;

  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, { message: 'must be whsec_ and a secret in base64' })
  readonly ALERT_WEBHOOK_SECRET?: string;
}

export class WorkerSettings extends ChannelSettings {
  /** More than jobs run at once, so that none waits for another. */
  override readonly DATABASE_POOL: number = 16;

  @Port
  readonly WORKER_PORT: number = 3002;
}

export class WatchdogSettings extends ChannelSettings {
  override readonly DATABASE_POOL: number = 3;

  @Port
  readonly WATCHDOG_PORT: number = 3006;

  /** Asked every thirty seconds while all is well; have whoever answers it call people after a minute of silence. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly DEAD_MANS_SWITCH_URL?: string;
}

export class ConsoleSettings extends Settings {
  @Port
  readonly CONSOLE_PORT: number = 3001;

  /** Where staff open the console. With https:// the session cookie is Secure. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly CONSOLE_URL!: string;

  /** The OpenID Connect issuer that staff sign in with. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly OIDC_ISSUER!: string;

  @IsString()
  @MinLength(1, { message: 'is needed' })
  readonly OIDC_CLIENT_ID!: string;

  @IsString()
  @MinLength(1, { message: 'is needed' })
  readonly OIDC_CLIENT_SECRET!: string;

  @IsString()
  @MinLength(32, { message: 'must be at least 32 characters' })
  readonly SESSION_SECRET!: string;

  /** The authority's name, shown at the head of every page. */
  @IsString()
  readonly COUNCIL_NAME: string = 'Your council';

  /** A picture of the authority's logo, SVG or PNG, shown beside its name. */
  @IsOptional()
  @Matches(/\.(svg|png)$/, { message: 'must be the path of an .svg or .png file' })
  readonly COUNCIL_LOGO?: string;

  /** Where the hub is reached, and when: at the foot of every page. */
  @IsOptional()
  @IsString()
  readonly HUB_PHONE?: string;

  @IsOptional()
  @IsString()
  readonly HUB_HOURS?: string;

  /** Where the emergency duty team is reached when the hub is not. */
  @IsOptional()
  @IsString()
  readonly EDT_PHONE?: string;
}

/** A setting is missing or wrong. The message names the settings and never their values. */
export class BadSettings extends Error {}

/**
 * Reads and checks the settings of an app.
 *
 * @param shape the class that declares them
 * @param environment usually `process.env`
 * @throws BadSettings naming every setting that is missing or wrong
 */
export function readSettings<S extends Settings>(
  shape: ClassConstructor<S>,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<S> {
  const given = Object.fromEntries(
    Object.entries(withSecretFiles(environment)).filter(([, value]) => value !== undefined && value !== ''),
  );
  const settings = plainToInstance(shape, given, { exposeDefaultValues: true });
  const faults = validateSync(settings, { whitelist: true }).map(({ property, value, constraints }) =>
    value === undefined
      ? `${property} is missing`
      : `${property} ${Object.values(constraints ?? {})
          .join(', ')
          .replaceAll(`${property} `, '')}`,
  );
  if (faults.length > 0) throw new BadSettings(`Bad settings: ${faults.join('; ')}. The README lists them.`);
  return Object.freeze(settings);
}

function withSecretFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = { ...environment };
  for (const [name, path] of Object.entries(environment)) {
    const setting = name.replace(/_FILE$/, '');
    if (setting === name || !path || !SECRETS.includes(setting)) continue;
    try {
      settings[setting] = readFileSync(path, 'utf8').trim();
    } catch {
      throw new BadSettings(`Bad settings: the file that ${name} names cannot be read.`);
    }
  }
  return settings;
}

const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
  'SESSION_SECRET',
  'NOTIFY_API_KEY',
  'NOTIFY_CALLBACK_TOKEN',
  'TEAMS_WEBHOOK_URL',
  'ALERT_WEBHOOK_SECRET',
  'DEAD_MANS_SWITCH_URL',
];
