import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ConsoleSettings, withTimeout } from '#platform';
import type { Vouched } from '#work';

export interface SignInAttempt {
  /** The person signs in once more although they are signed in: the provider has to ask them. */
  readonly isAgain?: boolean;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** So long the provider may take from asking the person until the console has its answer. */
const AGAIN_WITHIN_SECONDS = 300;
/** A person for whom the provider vouches, and by which it can be asked again; null where it does not allow that. */
export interface VouchedFor {
  readonly person: Vouched;
  readonly refreshToken: string | null;
}

/** The provider does not vouch for the person any more: the account was closed, or what it gave was taken back. */
export class NoLongerVouched extends Error {}

const ANSWERS_WITHIN_MS = 5_000;
/** As the claim has room for. */
const MOST_ROLES = 200;

/** The authority's OpenID Connect provider: authorization code with PKCE, state and nonce. */
@Injectable()
export class IdentityProvider {
  private found: oidc.Configuration | null = null;
  private finding: Promise<oidc.Configuration> | null = null;

  constructor(private readonly settings: ConsoleSettings) {}

  /**
   * Where to send the browser, and what has to come back with it. The provider is looked for each time: while it is away
   * the person has a page of ours, which says so, and not one of their browser.
   *
   * @throws Error when the provider does not answer
   */
  async begin(isAgain = false): Promise<{ url: string; attempt: SignInAttempt }> {
    const configuration = await withTimeout(this.find(), ANSWERS_WITHIN_MS);
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
      ...(isAgain && { isAgain }),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl,
      scope: scopesOf(configuration),
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
   * @throws Error when anything about the answer is not as it must be
   */
  async finish(query: string, attempt: SignInAttempt): Promise<VouchedFor> {
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
    return { person: vouched(tokens.claims()!), refreshToken: tokens.refresh_token ?? null };
  }

  /**
   * Asks the provider again for whom it vouches.
   *
   * @returns the person as they are now, null where it does not say; and by which it can be asked the next time
   * @throws NoLongerVouched
   * @throws Error when it does not answer
   */
  async again(refreshToken: string): Promise<{ readonly person: Vouched | null; readonly refreshToken: string }> {
    try {
      const asking = this.configuration().then((found) => oidc.refreshTokenGrant(found, refreshToken));
      const tokens = await withTimeout(asking, ANSWERS_WITHIN_MS);
      const claims = tokens.claims();
      return {
        person: claims === undefined ? null : vouched(claims),
        refreshToken: tokens.refresh_token ?? refreshToken,
      };
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') throw new NoLongerVouched();
      throw error;
    }
  }

  /**
   * Where signing out ends the provider's session too; our own page when it has no such place.
   *
   * @throws Error when the provider does not answer
   */
  async signOutUrl(): Promise<string> {
    const configuration = await withTimeout(this.find(), ANSWERS_WITHIN_MS);
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
    return this.found ?? this.find();
  }

  /** By one request at a time: many visitors ask the provider no more than one does. */
  private find(): Promise<oidc.Configuration> {
    this.finding ??= this.discover().finally(() => void (this.finding = null));
    return this.finding;
  }

  private async discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.settings;
    const checksSignatures = oidc.enableNonRepudiationChecks;
    this.found = await oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
      // Left to itself, the library believes an ID token for the TLS that it came by, and asks for no signature.
      execute: isLoopback(OIDC_ISSUER) ? [checksSignatures, oidc.allowInsecureRequests] : [checksSignatures],
    });
    return this.found;
  }
}

/** Name and address are for a person who is new; the last is what a provider asks for to be asked again. */
function scopesOf(configuration: oidc.Configuration): string {
  const known = configuration.serverMetadata().scopes_supported ?? [];
  const wanted = ['profile', 'email', 'offline_access'].filter((scope) => known.includes(scope));
  return ['openid', ...wanted].join(' ');
}

/** By the claim `roles` and no other: groups of a directory are for all its uses, and too many for a token. */
function vouched(claims: oidc.IDToken): Vouched {
  const { sub: subject, name, email, preferred_username: called, roles } = claims;
  const given: readonly unknown[] = Array.isArray(roles) ? roles.slice(0, MOST_ROLES) : [roles];
  return {
    subject,
    name: textOr(name, null),
    email: textOr(email, textOr(called, null)),
    roles: given.filter((role) => typeof role === 'string'),
  };
}

const textOr = <T>(value: unknown, other: T) => (typeof value === 'string' && value !== '' ? value : other);

/** Only a provider on this machine, as in a demonstration, may be spoken to without TLS. */
function isLoopback(issuer: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname);
}
