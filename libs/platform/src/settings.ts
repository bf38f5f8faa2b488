import { availableParallelism } from 'node:os';
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
import { isBlank } from '#domain';
import { BadSettings } from './bad-settings.ts';
import { Ed25519Key } from './ed25519-key.ts';
import { NamedKeys } from './key-ring.ts';
import { OfStore, StoreIsNamed } from './settings-of-store.ts';

const asNumber = Transform(({ value }) => (value === undefined ? undefined : Number(value)));
const PORT = { message: 'must be a port number' };
const Port = applyDecorators(asNumber, IsInt(PORT), Min(0, PORT), Max(65_535, PORT));
const POOL = { message: 'must be a whole number from 2 to 200' };
const RATE = { message: 'must be a whole number from 10 to 100000' };
/** Requests a minute. */
const Rate = applyDecorators(asNumber, IsInt(RATE), Min(10, RATE), Max(100_000, RATE));
const WEBHOOK_KEY = { message: 'must be at least 32 characters' };
const HOPS = { message: 'must be a whole number from 0 to 5' };
const POSTGRES_URL = { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true };
const REDIS_URL = { protocols: ['redis', 'rediss'], require_tld: false, require_protocol: true };
const WEB_URL = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

/**
 * The settings of every app. The operator can give a secret setting `X` as `X_FILE`, the path of a file that holds its
 * value.
 */
export class Settings {
  /** The address of the PostgreSQL database that holds all data. */
  @IsUrl(POSTGRES_URL, { message: 'must be a postgres:// address' })
  readonly DATABASE_URL!: string;

  /** The address of Redis or Valkey for BullMQ. Without it BullMQ keeps its queues in PostgreSQL. */
  @IsOptional()
  @IsUrl(REDIS_URL, { message: 'must be a redis:// or rediss:// address' })
  readonly REDIS_URL?: string;

  /** The address to listen on. The default is this machine only. */
  @IsString()
  readonly LISTEN_ADDRESS: string = '127.0.0.1';

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { message: 'must be a level of log, such as info' })
  readonly LOG_LEVEL: string = 'info';

  /** The hub's telephone number, at the foot of every page and in what referrers are told. */
  @IsOptional()
  @IsString()
  readonly HUB_PHONE?: string;

  /** The authority's name, shown at the head of every page where no administrator has said another. */
  @IsString()
  readonly COUNCIL_NAME: string = 'Your council';

  /** When the hub is there, in words. */
  @IsOptional()
  @IsString()
  readonly HUB_HOURS?: string;

  /** The telephone number of the emergency duty team, for when the front door is shut. */
  @IsOptional()
  @IsString()
  readonly EDT_PHONE?: string;

  /**
   * The keys that the files of agencies are encrypted with, `name:key`: 32 bytes in base64 (`openssl rand -base64 32`). The
   * first one is in use; older ones stand behind it, with a comma between. Without it the hub takes no files.
   */
  @IsOptional()
  @NamedKeys()
  readonly ATTACHMENT_KEYS?: string;

  /** Where the bytes of files go, encrypted: into PostgreSQL, or into a store that speaks S3. */
  @IsIn(['postgresql', 's3'], { message: 'must be postgresql or s3' })
  readonly ATTACHMENT_STORE: string = 'postgresql';

  /** That store, addressed as endpoint/bucket/key. Files that are there need it, also when new ones go elsewhere. */
  @StoreIsNamed()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly S3_ENDPOINT?: string;

  @OfStore(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
  readonly S3_BUCKET?: string;

  @OfStore(/^[a-z0-9-]{1,64}$/, 'must be the name of a region, such as eu-west-2')
  readonly S3_REGION?: string;

  @OfStore(/^\S+$/, 'must be the id of a key')
  readonly S3_ACCESS_KEY_ID?: string;

  @OfStore(/^\S+$/, 'must be the secret of a key')
  readonly S3_SECRET_ACCESS_KEY?: string;

  /** The most connections to PostgreSQL that one process may hold. */
  @asNumber
  @IsInt(POOL)
  @Min(2, POOL)
  @Max(200, POOL)
  readonly DATABASE_POOL: number = 10;

  /** The address of an OpenTelemetry collector that takes traces by HTTP. Without it none are made. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}

/** The settings of the API for agencies. */
export class ApiSettings extends Settings {
  /**
   * More connections than cores turn each other out of the cores' caches: two a core for requests that hold one, and three
   * for what submissions share, for health and for the app's own work.
   */
  override readonly DATABASE_POOL: number = Math.min(200, 2 * availableParallelism() + 3);

  @Port
  readonly API_PORT: number = 3000;

  /** The address at which agencies reach the API. A client's assertion is for the token endpoint there, to the character. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  @Matches(/[^/]$/, { message: 'must end without a slash' })
  readonly API_URL: string = 'http://127.0.0.1:3000';

  /** The bearer token with which GOV.UK Notify sends receipts. Without it the API refuses them. */
  @IsOptional()
  @IsString()
  @MinLength(16, { message: 'must be at least 16 characters' })
  readonly NOTIFY_CALLBACK_TOKEN?: string;

  /** The referrals that one agency may send in a minute. A police force sends hundreds in an hour, some of them at once. */
  @Rate
  readonly RATE_SUBMISSIONS: number = 600;

  /** Everything else that one agency may ask for in a minute. */
  @Rate
  readonly RATE_READINGS: number = 600;

  /** The credentials that are none which one address may send in a minute. */
  @Rate
  readonly RATE_FAILED_CREDENTIALS: number = 60;

  /** The access tokens that one client gets in a minute. One is good for ten minutes, for all that the client does. */
  @Rate
  readonly RATE_TOKENS: number = 60;

  /** Seals the secrets of agencies' webhooks in the database; the worker has the same. Without it the hub has no webhooks. */
  @IsOptional()
  @IsString()
  @MinLength(32, WEBHOOK_KEY)
  readonly WEBHOOK_KEY?: string;

  /** How many proxies stand before the API, each of which says where a request came from. */
  @asNumber
  @IsInt(HOPS)
  @Min(0, HOPS)
  @Max(5, HOPS)
  readonly TRUSTED_PROXIES: number = 0;
}

/** The settings of the channels of alerts. E-mail is required; the other channels are used where they are set up. */
export class ChannelSettings extends Settings {
  /** The mail server for alerts, and for the e-mail that acknowledges a referral to its referrer. */
  @IsUrl(
    { protocols: ['smtp', 'smtps'], require_tld: false, require_protocol: true },
    { message: 'must be an smtp:// address' },
  )
  readonly SMTP_URL!: string;

  @IsString()
  readonly MAIL_FROM: string = 'MASH triage <mash@localhost>';

  /** The address at which staff open the console. Alerts carry links to it. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly CONSOLE_URL!: string;

  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly NOTIFY_URL: string = 'https://api.notifications.service.gov.uk';

  /** The key of GOV.UK Notify, `name-serviceid-key`, as its page shows it. */
  @IsOptional()
  @Matches(/[0-9a-f-]{36}-[0-9a-f-]{36}$/, { message: 'must be a key as GOV.UK Notify shows it' })
  readonly NOTIFY_API_KEY?: string;

  /** The template for alerts by e-mail, with ((subject)) and ((message)). With it alerts go by Notify, not by SMTP. */
  @IsOptional()
  @IsUUID('all', { message: 'must be the id of a template' })
  readonly NOTIFY_EMAIL_TEMPLATE?: string;

  /** The template for alerts by text message, with ((message)). */
  @IsOptional()
  @IsUUID('all', { message: 'must be the id of a template' })
  readonly NOTIFY_SMS_TEMPLATE?: string;

  /** The address of a Workflows webhook of Microsoft Teams. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly TEAMS_WEBHOOK_URL?: string;

  /** The address of another system that gets the alerts. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly ALERT_WEBHOOK_URL?: string;

  /** The secret that signs the webhook to that system (`whsec_…`, standardwebhooks.com). */
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, { message: 'must be whsec_ and a secret in base64' })
  readonly ALERT_WEBHOOK_SECRET?: string;
}

/** The settings of the worker. */
export class WorkerSettings extends ChannelSettings {
  /** More connections than jobs that run at the same time, so that no job waits for another. */
  override readonly DATABASE_POOL: number = 16;

  @Port
  readonly WORKER_PORT: number = 3002;

  /** Opens the secrets of agencies' webhooks, as the API sealed them. Without it none are sent. */
  @IsOptional()
  @IsString()
  @MinLength(32, WEBHOOK_KEY)
  readonly WEBHOOK_KEY?: string;

  /** The folder, outside of the database, for the signed checkpoints of the record. Without it none are made. */
  @IsOptional()
  @IsString()
  readonly RECORD_CHECKPOINT_DIR?: string;

  /** The Ed25519 key that signs them, a private key in PEM (`openssl genpkey -algorithm ed25519`). */
  @IsOptional()
  @Ed25519Key()
  readonly RECORD_SIGNING_KEY?: string;

  /**
   * The socket of ClamAV's clamd, which checks the files of agencies: `tcp://clamav:3310`, or `unix:///run/clamav/clamd.ctl`.
   * Without it nothing is checked, and each page that shows a file says so.
   */
  @IsOptional()
  @Matches(/^(tcp:\/\/[^/:]+:\d{1,5}|unix:\/\/\/.+)$/, { message: 'must be tcp://host:port or unix:///path' })
  readonly CLAMD_URL?: string;
}

/** The settings of the watchdog. */
export class WatchdogSettings extends ChannelSettings {
  override readonly DATABASE_POOL: number = 3;

  @Port
  readonly WATCHDOG_PORT: number = 3006;

  /**
   * The address of the dead man's switch. The watchdog asks it every thirty seconds while every invariant holds. Its
   * owner must call people after a minute of silence.
   */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  readonly DEAD_MANS_SWITCH_URL?: string;
}

/**
 * The settings of the sandbox for agencies' developers. DATABASE_URL is a PostgreSQL server of its own, on which its user may
 * make databases: never the hub's.
 */
export class SandboxSettings extends Settings {
  @Port
  readonly SANDBOX_PORT: number = 3008;

  /** The address at which developers reach the sandbox. */
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  @Matches(/[^/]$/, { message: 'must end without a slash' })
  readonly SANDBOX_URL!: string;

  /** The secret by which the hub's console signs the links of its administrators. */
  @IsString()
  @MinLength(32, { message: 'must be at least 32 characters' })
  readonly SANDBOX_SECRET!: string;

  /** Seals the secrets of webhooks. Without it the sandbox has none. */
  @IsOptional()
  @IsString()
  @MinLength(32, WEBHOOK_KEY)
  readonly WEBHOOK_KEY?: string;
}

/** The settings of the console. */
export class ConsoleSettings extends Settings {
  @Port
  readonly CONSOLE_PORT: number = 3001;

  /** The address at which staff open the console. With https:// the session cookie is Secure. */
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

  /** The secret that signs session cookies and encrypts drafts. */
  @IsString()
  @MinLength(32, { message: 'must be at least 32 characters' })
  readonly SESSION_SECRET!: string;

  /** The sign-ins that may fail in a minute from one address. */
  @Rate
  readonly RATE_FAILED_SIGN_INS: number = 60;

  /** The address of the sandbox for agencies' developers (`scripts/sandbox`). Without it no links to one are made. */
  @IsOptional()
  @IsUrl(WEB_URL, { message: 'must be an http:// or https:// address' })
  @Matches(/[^/]$/, { message: 'must end without a slash' })
  readonly SANDBOX_URL?: string;

  /** Signs the links to the sandbox, which has the same. */
  @IsOptional()
  @IsString()
  @MinLength(32, { message: 'must be at least 32 characters' })
  readonly SANDBOX_SECRET?: string;

  /** Whether this hub is for training or a demonstration: then each page says that its children are fictional. */
  @IsIn(['yes', 'no'], { message: 'must be yes or no' })
  readonly TRAINING_HUB: string = 'no';

  /** The path of the authority's logo, an SVG or PNG file, shown beside its name. */
  @IsOptional()
  @Matches(/\.(svg|png)$/, { message: 'must be the path of an .svg or .png file' })
  readonly COUNCIL_LOGO?: string;
}

/**
 * Reads and checks the settings of an app. A blank value counts as missing.
 *
 * @param shape the class that declares the settings
 * @param environment the variables to read, usually `process.env`
 * @returns the settings, frozen
 * @throws BadSettings with the name of every setting that is missing or wrong
 */
export function readSettings<S extends Settings>(
  shape: ClassConstructor<S>,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<S> {
  const given = Object.fromEntries(
    Object.entries(withSecretFiles(environment)).filter(([, value]) => value !== undefined && !isBlank(value)),
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
  'RECORD_SIGNING_KEY',
  'ATTACHMENT_KEYS',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'WEBHOOK_KEY',
];
