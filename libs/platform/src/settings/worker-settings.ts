import { IsOptional, IsString, Matches } from 'class-validator';
import { Ed25519Key } from '../ed25519-key.ts';
import { ChannelSettings } from './channel-settings.ts';
import { Port, LongSecret } from './rules.ts';

/** The settings of the worker. */
export class WorkerSettings extends ChannelSettings {
  /** More connections than jobs that run at the same time, so that no job waits for another. */
  override readonly DATABASE_POOL: number = 16;

  @Port
  readonly WORKER_PORT: number = 3002;

  /** Opens the secrets of agencies' webhooks, as the API sealed them. Without it none are sent. */
  @IsOptional()
  @IsString()
  @LongSecret
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
