import { IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { OfStore, StoreIsNamed } from './settings-of-store.ts';
import { NamedKeys } from '../key-ring.ts';
import { asNumber, WebUrl } from './rules.ts';

const POOL = { message: 'must be a whole number from 2 to 200' };
const POSTGRES_URL = { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true };
const REDIS_URL = { protocols: ['redis', 'rediss'], require_tld: false, require_protocol: true };

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
  @WebUrl
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
  @WebUrl
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
}
