import { load, type CheerioAPI } from 'cheerio';
import { Fields, formOf, sendingOf, type Answers, type Field, type Sending } from './form.ts';
import { wordsOf, type Nodes } from './words.ts';

/** A page as people find what is on it: by its words. */
export class Page {
  private parsed: CheerioAPI | null = null;

  constructor(
    readonly status: number,
    /** As it was sent: for what no reader sees, such as that nothing was sent as markup. */
    readonly html: string,
    readonly url: string,
    readonly headers: Headers,
    /** The address that a redirect leads to; null for a page. */
    readonly location: string | null,
  ) {}

  /** Its address without the server's. */
  get path(): string {
    return pathOf(this.url);
  }

  /** The path that a redirect leads to; null for a page. */
  get leadsTo(): string | null {
    return this.location === null ? null : pathOf(this.location);
  }

  get title(): string {
    return this.$('title').first().text().trim();
  }

  /** The one heading of level 1. */
  get heading(): string {
    return wordsOf(this.all('h1'));
  }

  /** Everything that is to be read on it, with white space folded. */
  get text(): string {
    return wordsOf(this.all('body'));
  }

  /** What stands under a heading, up to the next of its level or above. @throws Error when there is no such heading */
  under(heading: string): string {
    const found = this.named('h2, h3', heading, (node) => wordsOf(node));
    const next = found.is('h2') ? 'h1, h2' : 'h1, h2, h3';
    return wordsOf(found.nextUntil(next));
  }

  headings(): readonly string[] {
    return this.wordsOfEach('h1, h2, h3');
  }

  /** The address that a link leads to. @throws Error when there is no link of these words, or several */
  link(words: string): string {
    return this.named('a[href]', words).attr('href')!;
  }

  links(): readonly string[] {
    return this.wordsOfEach('a[href]');
  }

  /** The buttons, and the links that look like one, by their words. */
  buttons(): readonly string[] {
    return this.wordsOfEach('button:not([hidden]), a[role=button]');
  }

  /** What pressing a button sends, with these answers in its form. @throws Error when there is no such button */
  sendingBy(words: string, answers: Answers = {}): Sending {
    const button = this.button(words);
    if (button.is('a')) return { method: 'GET', action: button.attr('href')!, pairs: [] };
    new Fields(this.$, formOf(this.$, button)).fill(answers);
    return sendingOf(this.$, button);
  }

  /** The same as the browser saves it while a person types: to where drafts of this form go. */
  savingOf(words: string, answers: Answers): Sending {
    const { pairs } = this.sendingBy(words, answers);
    return { method: 'POST', action: formOf(this.$, this.button(words)).attr('data-autosave')!, pairs };
  }

  /** Fills in fields wherever they are on the page. */
  fill(answers: Answers): void {
    new Fields(this.$, this.all('body')).fill(answers);
  }

  /** @param ofButton the button of its form, where several forms have such a field */
  field(label: string, ofButton?: string): Field {
    const within = ofButton === undefined ? this.all('body') : formOf(this.$, this.button(ofButton));
    return new Fields(this.$, within).field(label);
  }

  /**
   * What is wrong, as the summary at the top lists it. Each leads to its field.
   *
   * @throws Error when one leads nowhere
   */
  errors(): readonly string[] {
    const links = this.all('.govuk-error-summary a').toArray();
    for (const link of links) {
      const target = this.$(link).attr('href')!;
      if (this.$(`[id="${target.slice(1)}"]`).length !== 1) throw new Error(`The error ${target} leads nowhere`);
    }
    return links.map((link) => wordsOf(this.$(link) as Nodes));
  }

  /** Why nothing was done, as the summary at the top says it; empty when it says nothing. */
  get refusal(): string {
    return wordsOf(this.all('.govuk-error-summary'));
  }

  /** What was done or must be known, as the banner at the top says it. */
  notices(): readonly string[] {
    return this.wordsOfEach('.govuk-notification-banner__content');
  }

  /** What a list of facts says under a key. @throws Error when no list has it, or several have */
  fact(key: string): string {
    return wordsOf(this.named('dt', key).next('dd'));
  }

  /** The cells of a table, row by row, without its head. @throws Error when no table has that caption */
  rowsOf(caption: string): readonly (readonly string[])[] {
    const table = this.named('caption', caption).closest('table');
    return table
      .find('tbody tr')
      .toArray()
      .map((row) =>
        this.$(row)
          .children('th, td')
          .toArray()
          .map((cell) => wordsOf(this.$(cell) as Nodes)),
      );
  }

  /** The words of every element that a selector finds: for what has no role and no label. */
  wordsOfEach(selector: string): readonly string[] {
    return this.all(selector)
      .toArray()
      .map((one) => wordsOf(this.$(one) as Nodes))
      .filter((words) => words !== '');
  }

  /** What an attribute says of every element that has it: for what only the browser reads. */
  attributes(name: string): readonly string[] {
    return this.all(`[${name}]`)
      .toArray()
      .map((one) => this.$(one).attr(name)!);
  }

  private get $(): CheerioAPI {
    return (this.parsed ??= load(this.html));
  }

  private button(words: string): Nodes {
    return this.named('button, a[role=button]', words);
  }

  private named(selector: string, words: string, wordsOfNode: (node: Nodes) => string = wordsOf): Nodes {
    const found: Nodes = this.all(selector).filter((_, one) => wordsOfNode(this.$(one)) === words);
    if (found.length === 1) return found;
    const others = this.wordsOfEach(selector).join('; ');
    throw new Error(`${found.length} of “${words}” on ${this.path} (${this.status}, “${this.heading}”), of: ${others}`);
  }

  private all(selector: string): Nodes {
    return this.$(selector);
  }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
