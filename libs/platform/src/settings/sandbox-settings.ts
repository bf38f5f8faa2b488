import { IsOptional, IsString } from 'class-validator';
import { Settings } from './settings.ts';
import { Port, WebUrl, NoSlashAtItsEnd, LongSecret } from './rules.ts';

/**
 * The settings of the sandbox for agencies' developers. DATABASE_URL is a PostgreSQL server of its own, on which its user may
 * make databases: never the hub's.
 */
export class SandboxSettings extends Settings {
  @Port
  readonly SANDBOX_PORT: number = 3008;

  /** The address at which developers reach the sandbox. */
  @WebUrl
  @NoSlashAtItsEnd
  readonly SANDBOX_URL!: string;

  /** The secret by which the hub's console signs the links of its administrators. */
  @IsString()
  @LongSecret
  readonly SANDBOX_SECRET!: string;

  /** Seals the secrets of webhooks. Without it the sandbox has none. */
  @IsOptional()
  @IsString()
  @LongSecret
  readonly WEBHOOK_KEY?: string;
}
