import { availableParallelism } from 'node:os';
import { IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { Settings } from './settings.ts';
import { asNumber, Port, Rate, WebUrl, NoSlashAtItsEnd, LongSecret } from './rules.ts';

const HOPS = { message: 'must be a whole number from 0 to 5' };

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
  @WebUrl
  @NoSlashAtItsEnd
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
  @LongSecret
  readonly WEBHOOK_KEY?: string;

  /** How many proxies stand before the API, each of which says where a request came from. */
  @asNumber
  @IsInt(HOPS)
  @Min(0, HOPS)
  @Max(5, HOPS)
  readonly TRUSTED_PROXIES: number = 0;
}
