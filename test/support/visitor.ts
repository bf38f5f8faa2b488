import { Page } from './page/page.ts';
import type { Answers, Sending } from './page/form.ts';

type Pairs = readonly (readonly [string, string])[];

/** A file that a person chooses on a page. */
export interface Chosen {
  readonly name: string;
  readonly bytes: Buffer;
  readonly type?: string;
}

/**
 * A person at the console: a browser without a screen and without scripts. It keeps cookies, follows redirects and
 * sends the forms of the page that is open, with their hidden fields, to where they say.
 */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private current: Page | null = null;

  /** @param reached where the console listens, when a proxy with TLS stands before it */
  constructor(
    private readonly consoleUrl: string,
    private readonly reached = consoleUrl,
  ) {}

  /** The page that is open. */
  get page(): Page {
    if (this.current === null) throw new Error('No page is open');
    return this.current;
  }

  /** Signs in through the real OpenID Connect flow, and goes on to a page. */
  async signInAs({ subject }: { readonly subject: string }, path = '/queue'): Promise<Page> {
    await this.open(path);
    // The sign-in lists people by name and role; two may have the same.
    const [action] = this.page.attributes('action');
    return this.follow(await this.send('POST', action!, [['subject', subject]]));
  }

  /** Opens a page, and follows where it leads. */
  async open(path: string): Promise<Page> {
    return this.follow(await this.get(path));
  }

  /** Asks for a page, and does not follow where it leads. */
  async get(path: string): Promise<Page> {
    return this.send('GET', path);
  }

  /** Fills in fields of the page that is open. */
  fill(label: string, value: string | boolean): void {
    this.page.fill({ [label]: value });
  }

  /**
   * Presses a button of the page that is open, and follows where it leads.
   *
   * @param answers filled into its form before
   * @param on another page that this person still has open
   */
  async press(button: string, answers: Answers = {}, on = this.page): Promise<Page> {
    return this.follow(await this.sends(on, on.sendingBy(button, answers)));
  }

  /**
   * Presses the button of a form with a file, and follows where it leads.
   *
   * @param file null where none is chosen
   */
  async pressWithFile(button: string, file: Chosen | null, answers: Answers = {}, on = this.page): Promise<Page> {
    const { action, pairs } = on.sendingBy(button, answers);
    return this.follow(await this.send('POST', new URL(action, on.url).toString(), formWith(pairs, file)));
  }

  /** Follows a link of the page that is open. */
  async click(link: string): Promise<Page> {
    return this.open(new URL(this.page.link(link), this.page.url).toString());
  }

  /** Types into the form of a button of the page that is open: the browser saves the draft. @returns what it is told */
  async types(button: string, answers: Answers, on = this.page): Promise<Page> {
    return this.sends(on, on.savingOf(button, answers));
  }

  /** What no page offers: a request of its own, with cookies. */
  async send(
    method: string,
    path: string,
    fields?: Pairs | FormData,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const url = new URL(path, this.current?.url ?? this.consoleUrl);
    const isProxied = this.reached !== this.consoleUrl && url.origin === this.consoleUrl;
    const response = await fetch(isProxied ? new URL(`${url.pathname}${url.search}`, this.reached) : url, {
      method,
      redirect: 'manual',
      headers: {
        Cookie: this.cookieHeader,
        ...(isProxied ? { 'X-Forwarded-Proto': 'https' } : {}),
        ...(Array.isArray(fields) ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(fields === undefined ? {} : { body: bodyOf(fields) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair!.indexOf('=');
      this.cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    const location = response.headers.get('Location');
    return new Page(
      response.status,
      await response.text(),
      url.toString(),
      response.headers,
      location === null ? null : new URL(location, url).toString(),
    );
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async sends(on: Page, { method, action, pairs }: Sending): Promise<Page> {
    const url = new URL(action, on.url);
    if (method !== 'GET') return this.send(method, url.toString(), pairs);
    if (pairs.length > 0) url.search = new URLSearchParams(pairs.map(([...pair]) => pair)).toString();
    return this.send('GET', url.toString());
  }

  private async follow(page: Page): Promise<Page> {
    while (page.location !== null) page = await this.get(page.location);
    this.current = page;
    return page;
  }
}

/** A form as a browser sends it with a file: field by field, in the order of the page. */
export function formWith(pairs: Pairs, file: Chosen | null): FormData {
  const form = new FormData();
  const type = file === null ? 'application/octet-stream' : (file.type ?? 'application/pdf');
  const blob = new Blob(file === null ? [] : [new Uint8Array(file.bytes)], { type });
  for (const [name, value] of pairs) {
    if (name === 'file') form.append(name, blob, file?.name ?? '');
    else form.append(name, value);
  }
  return form;
}

function bodyOf(fields: Pairs | FormData): FormData | string {
  return fields instanceof FormData ? fields : new URLSearchParams(fields.map(([...pair]) => pair)).toString();
}
