import { IsIn, IsOptional, IsString, Matches, MinLength } from 'class-validator';
import { Settings } from './settings.ts';
import { Port, Rate, WebUrl, NoSlashAtItsEnd, LongSecret } from './rules.ts';

/** The settings of the console. */
export class ConsoleSettings extends Settings {
  @Port
  readonly CONSOLE_PORT: number = 3001;

  /** The address at which staff open the console. With https:// the session cookie is Secure. */
  @WebUrl
  readonly CONSOLE_URL!: string;

  /** The OpenID Connect issuer that staff sign in with. */
  @WebUrl
  readonly OIDC_ISSUER!: string;

  @IsString()
  @MinLength(1, { message: 'is needed' })
  readonly OIDC_CLIENT_ID!: string;

  @IsString()
  @MinLength(1, { message: 'is needed' })
  readonly OIDC_CLIENT_SECRET!: string;

  /** The secret that signs session cookies and encrypts drafts. */
  @IsString()
  @LongSecret
  readonly SESSION_SECRET!: string;

  /** The sign-ins that may fail in a minute from one address. */
  @Rate
  readonly RATE_FAILED_SIGN_INS: number = 60;

  /** The address of the sandbox for agencies' developers (`scripts/sandbox`). Without it no links to one are made. */
  @IsOptional()
  @WebUrl
  @NoSlashAtItsEnd
  readonly SANDBOX_URL?: string;

  /** Signs the links to the sandbox, which has the same. */
  @IsOptional()
  @IsString()
  @LongSecret
  readonly SANDBOX_SECRET?: string;

  /** Whether this hub is for training or a demonstration: then each page says that its children are fictional. */
  @IsIn(['yes', 'no'], { message: 'must be yes or no' })
  readonly TRAINING_HUB: string = 'no';

  /** The path of the authority's logo, an SVG or PNG file, shown beside its name. */
  @IsOptional()
  @Matches(/\.(svg|png)$/, { message: 'must be the path of an .svg or .png file' })
  readonly COUNCIL_LOGO?: string;
}
