import { Injectable } from '@nestjs/common';
import { ConsoleSettings, Seal } from '#platform';
import type { CookieOptions, Request, Response } from 'express';
import { IDLE_MS } from './session-store.ts';

/** What the identity provider has to send back to a page that began to sign in, and where that page was going. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly isAgain?: boolean;
  readonly returnTo?: string | undefined;
}

/** A person may open the pages of their morning in several tabs before they sign in. */
const PAGES_AT_ONCE = 10;
/** Longer than the address of any page of ours, and short enough for a cookie. */
const LONGEST_PAGE = 1_500;

/**
 * What is known of a visitor who has not signed in, in cookies of their own browser: only a person who is signed in has
 * a session, and a visitor stores nothing with us however often they come.
 */
@Injectable()
export class BeforeSignIn {
  private readonly seal: Seal;
  private readonly cookie: CookieOptions;
  private readonly names: { readonly page: string; readonly begun: string };

  constructor({ SESSION_SECRET, CONSOLE_URL }: ConsoleSettings) {
    this.seal = new Seal(SESSION_SECRET, 'sign-in');
    const secure = CONSOLE_URL.startsWith('https://');
    // A browser takes a name that begins so from this host alone, and for every path: no other host of the council sets it.
    const prefix = secure ? '__Host-' : '';
    this.names = { page: `${prefix}mash-page`, begun: `${prefix}mash-begun-` };
    this.cookie = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: IDLE_MS };
  }

  /** Keeps the address of the page to which a visitor is to come when they have signed in. */
  wants(address: string, response: Response): void {
    if (isOurs(address)) response.cookie(this.names.page, address, this.cookie);
  }

  /** Keeps what belongs to a sign-in that a page begins. @param asked the page to come back to, where it is not the one kept */
  begins(attempt: Omit<BegunSignIn, 'returnTo'>, request: Request, response: Response, asked?: string): void {
    const cookies = cookiesOf(request);
    const others = [...cookies.keys()].filter((name) => name.startsWith(this.names.begun));
    for (const oldest of others.slice(0, 1 - PAGES_AT_ONCE)) this.clear(oldest, response);
    const page = asked ?? cookies.get(this.names.page);
    const returnTo = page !== undefined && isOurs(page) ? page : undefined;
    const sealed = this.seal.close(JSON.stringify({ ...attempt, returnTo }), attempt.state);
    response.cookie(this.nameOf(attempt.state), sealed.toString('base64url'), this.cookie);
  }

  /** The sign-in that this browser began under this state, once; undefined when it began none. */
  ends(state: unknown, request: Request, response: Response): BegunSignIn | undefined {
    if (typeof state !== 'string') return undefined;
    const name = this.nameOf(state);
    const sealed = cookiesOf(request).get(name);
    if (sealed === undefined) return undefined;
    this.clear(name, response);
    const text = this.seal.open(Buffer.from(sealed, 'base64url'), state);
    return text === null ? undefined : (JSON.parse(text) as BegunSignIn);
  }

  private nameOf(state: string): string {
    return `${this.names.begun}${state.replaceAll(/[^\w-]/g, '').slice(0, 16)}`;
  }

  private clear(name: string, response: Response): void {
    const { maxAge: _, ...cookie } = this.cookie;
    response.clearCookie(name, cookie);
  }
}

/** An address that names another site, as a proxy is asked, is none of ours. A browser reads `\` as `/`. */
function isOurs(address: string): boolean {
  return address.length <= LONGEST_PAGE && /^\/(?![/\\])[\x21-\x7e]*$/.test(address);
}

function cookiesOf(request: Request): ReadonlyMap<string, string> {
  const pairs = (request.get('Cookie') ?? '').split(';').map((pair) => pair.trim());
  return new Map(
    pairs.flatMap((pair) => {
      const at = pair.indexOf('=');
      const value = decoded(pair.slice(at + 1));
      return at === -1 || value === null ? [] : [[pair.slice(0, at), value]];
    }),
  );
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
