import type { Page } from 'playwright-core';
import { violationsOn } from './console-in-browser.ts';
import type { Answers } from './page/form.ts';

/** What has the focus. */
interface Focused {
  /** As a person would call it; empty when nothing has the focus. */
  readonly name: string;
  /** What is asked above it; empty where it stands alone. */
  readonly question: string;
  /** Such as `radio`, `date` and `select-one`; null for what takes no answer. */
  readonly type: string | null;
  /** What stands in it, or the words that are selected. */
  readonly value: string;
  readonly isChecked: boolean;
  /** Why a person could not see the focus: it is not drawn, or another element lies over it. Empty when they can. */
  readonly unseen: string;
}

const FOCUSED = `(() => {
  const at = document.activeElement;
  const isNothing = at === document.body;
  const words = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  const labels = [...(at.labels ?? [])];
  const drawn = [getComputedStyle(at), ...labels.map((label) => getComputedStyle(label, '::before'))];
  const isDrawn = drawn.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none');
  // The button for a calendar, within a field for a date, has a focus of its own: the browser draws that.
  const isWithin = !at.matches(':focus');
  const { left, top, width, height } = at.getClientRects()[0];
  // Where one begins to write: a browser scrolls so far that this is seen.
  const over = document.elementFromPoint(left + Math.min(10, width / 2), top + Math.min(10, height / 2));
  const isOnTop = over !== null && (at.contains(over) || over.contains(at) || labels.includes(over));
  return {
    name: isNothing ? '' : words(at.getAttribute('aria-label') ?? labels[0]?.innerText ?? at.innerText),
    question: words(at.closest('fieldset')?.querySelector('legend')?.innerText),
    type: at.matches('input, select, textarea') ? at.type : null,
    value: at.localName === 'select' ? words(at.selectedOptions[0]?.innerText) : (at.value ?? ''),
    isChecked: at.checked === true,
    unseen: isNothing
      ? ''
      : (isDrawn || isWithin ? '' : 'nothing is drawn') + (isOnTop ? '' : 'covered by ' + over?.outerHTML.slice(0, 80)),
  };
})()`;

/** A page that may run no script has no timers either, and axe puts off a part of its work by them. */
const TIMERS = `window.setTimeout = (run, wait = 0, ...given) => {
  if (wait < 100) Promise.resolve().then(() => run(...given));
  return 0;
}`;

/** More than any page or list of choices needs. */
const MOST_PRESSES = 200;

/** A person at a page who has a keyboard and nothing else. */
export class ByKeyboard {
  /**
   * @param url of the console: the local sign-in is not one of its pages
   * @param faults where it notes a focus that cannot be seen, and what axe finds
   */
  constructor(
    readonly page: Page,
    private readonly url: string,
    readonly faults: string[] = [],
  ) {}

  /** Tabs on, or back, until something of that name has the focus. */
  async tabTo(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.page.keyboard.press(key);
    await this.pressUntil(key, String(name), (at) =>
      typeof name === 'string' ? at.name === name : name.test(at.name),
    );
  }

  /** Presses Enter on what does not leave the page: a part to unfold, or a fault that leads to its field. */
  async enter(name: string): Promise<void> {
    await this.tabTo(name);
    await this.page.keyboard.press('Enter');
  }

  /** On pages without script: answers questions, follows a link or presses a button, and looks at where it leads. */
  async press(name: string | RegExp, answers: Answers = {}): Promise<void> {
    for (const [asked, answer] of Object.entries(answers)) await this.answer(asked, answer);
    await this.tabTo(name);
    const loaded = this.page.waitForEvent('load');
    await this.page.keyboard.press('Enter');
    await loaded;
    await this.look();
  }

  /** Notes what axe finds on a page without script. */
  async look(): Promise<void> {
    await this.page.evaluate(TIMERS);
    this.faults.push(...(await violationsOn(this.page)));
  }

  /** All that is to be read on the page. */
  async reads(): Promise<string> {
    return (await this.page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
  }

  async focused(): Promise<Focused> {
    // Where it was scrolled to is where it is in the next frame.
    await (await this.page.$(':focus'))?.waitForElementState('stable');
    const focused = await this.page.evaluate<Focused>(FOCUSED);
    if (focused.unseen !== '' && this.page.url().startsWith(this.url))
      this.faults.push(`${this.page.url()} ${focused.name}: ${focused.unseen}`);
    return focused;
  }

  private async answer(asked: string, answer: string | boolean): Promise<void> {
    const { keyboard } = this.page;
    const { type, isChecked, value } = await this.pressUntil('Tab', asked, (at) =>
      at.type === 'radio'
        ? at.question === asked
        : at.type !== null && [at.name, `${at.question}: ${at.name}`].includes(asked),
    );
    const what = `“${answer}” of “${asked}”`;
    if (type === 'radio') {
      await this.pressUntil('ArrowDown', what, ({ name }) => name === answer);
      // An arrow selects where it leads to; where none was selected, the first has the focus and is not selected yet.
      await keyboard.press('Space');
    } else if (type === 'select-one') await this.pressUntil('ArrowDown', what, (at) => at.value === answer);
    else if (type === 'checkbox') {
      if (isChecked !== answer) await keyboard.press('Space');
    } else {
      if (value !== '') await keyboard.press('Control+A');
      await keyboard.type(type === 'date' ? monthFirst(String(answer)) : String(answer));
    }
    const given = await this.focused();
    const isGiven =
      type === 'checkbox' ? given.isChecked === answer : type === 'radio' ? given.isChecked : given.value === answer;
    if (!isGiven) throw new Error(`${what} cannot be given by keyboard on ${this.page.url()}: ${given.value}`);
  }

  private async pressUntil(key: string, what: string, isIt: (at: Focused) => boolean): Promise<Focused> {
    for (let pressed = 0; pressed < MOST_PRESSES; pressed++) {
      const focused = await this.focused();
      if (isIt(focused)) return focused;
      await this.page.keyboard.press(key);
    }
    throw new Error(`nothing called ${what} can be reached by ${key} on ${this.page.url()}`);
  }
}

/** A day as one types it into a browser that speaks American English, whatever the language of the page is. */
function monthFirst(day: string): string {
  const [year, month, date] = day.split('-');
  return `${month}${date}${year}`;
}
