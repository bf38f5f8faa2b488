import { IsOptional } from 'class-validator';
import { ChannelSettings } from './channel-settings.ts';
import { Port, WebUrl } from './rules.ts';

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
  @WebUrl
  readonly DEAD_MANS_SWITCH_URL?: string;
}
