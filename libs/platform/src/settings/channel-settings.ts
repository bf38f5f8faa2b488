import { IsOptional, IsString, IsUrl, IsUUID, Matches } from 'class-validator';
import { Settings } from './settings.ts';
import { WebUrl } from './rules.ts';

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
  @WebUrl
  readonly CONSOLE_URL!: string;

  @WebUrl
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
  @WebUrl
  readonly TEAMS_WEBHOOK_URL?: string;

  /** The address of another system that gets the alerts. */
  @IsOptional()
  @WebUrl
  readonly ALERT_WEBHOOK_URL?: string;

  /** The secret that signs the webhook to that system (`whsec_…`, standardwebhooks.com). */
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, { message: 'must be whsec_ and a secret in base64' })
  readonly ALERT_WEBHOOK_SECRET?: string;
}
