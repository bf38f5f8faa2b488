import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ConsoleSettings } from '#platform';

export interface SignInAttempt {
  /** The person signs in once more although they are signed in: the provider has to ask them. */
  readonly isAgain?: boolean;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** So long the provider may take from asking the person until the console has its answer. */
const AGAIN_WITHIN_SECONDS = 300;

/** The authority's OpenID Connect provider: authorization code with PKCE, state and nonce. */
@Injectable()
export class IdentityProvider {
  private found: oidc.Configuration | null = null;

  constructor(private readonly settings: ConsoleSettings) {}

  /** Where to send the browser, and what has to come back with it. */
  async begin(isAgain = false): Promise<{ url: string; attempt: SignInAttempt }> {
    const configuration = await this.configuration();
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
      ...(isAgain && { isAgain }),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl,
      scope: 'openid',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
      ...(isAgain && { prompt: 'login', max_age: '0' }),
    });
    return { url: url.toString(), attempt };
  }

  /**
   * @param query the query string of the callback
   * @returns the subject that the provider vouches for
   * @throws Error when anything about the answer is not as it must be
   */
  async finish(query: string, attempt: SignInAttempt): Promise<string> {
    const tokens = await oidc.authorizationCodeGrant(
      await this.configuration(),
      new URL(`${this.callbackUrl}${query}`),
      {
        pkceCodeVerifier: attempt.codeVerifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
        // The provider's token then says when the person signed in, and that is now.
        ...(attempt.isAgain === true && { maxAge: AGAIN_WITHIN_SECONDS }),
      },
    );
    return tokens.claims()!.sub;
  }

  /** Where signing out ends the provider's session too; our own page when it has no such place. */
  async signOutUrl(): Promise<string> {
    const configuration = await this.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return '/signed-out';
    return oidc
      .buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${this.settings.CONSOLE_URL}/signed-out` })
      .toString();
  }

  private get callbackUrl(): string {
    return `${this.settings.CONSOLE_URL}/sign-in/callback`;
  }

  /** Found at the first sign-in, so that the console starts, and serves those signed in, while the provider is away. */
  private async configuration(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.settings;
    this.found ??= await oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
      execute: isLoopback(OIDC_ISSUER) ? [oidc.allowInsecureRequests] : [],
    });
    return this.found;
  }
}

/** Only a provider on this machine, as in a demonstration, may be spoken to without TLS. */
function isLoopback(issuer: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname);
}
