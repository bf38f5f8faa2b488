import type { CheerioAPI } from 'cheerio';
import { folded, wordsOf, type Nodes } from './words.ts';

/**
 * Answers by the label of their field, or by the question above several: a text, the words of a choice, or whether a
 * box is ticked.
 */
export type Answers = Readonly<Record<string, string | boolean>>;

/** A field of a page, with what stands in it. */
export interface Field {
  readonly value: string;
  readonly isChecked: boolean;
  /** The words of what can be chosen, of a list or of the answers to a question. */
  readonly choices: readonly string[];
  /** The words of what is chosen; null for none. */
  readonly chosen: string | null;
  readonly error: string | null;
}

/** What a pressed button sends, and where. */
export interface Sending {
  readonly method: string;
  /** Relative to the page. */
  readonly action: string;
  readonly pairs: readonly (readonly [string, string])[];
}

const CONTROLS = 'input, select, textarea';

/** A form of a page, or the whole page: its fields by their labels. */
export class Fields {
  constructor(
    private readonly $: CheerioAPI,
    private readonly within: Nodes,
  ) {}

  /** @throws Error when there is none of that label, or more than one */
  field(label: string): Field {
    const question = this.question(label);
    const control = question ?? this.control(label);
    const options = question === null ? control.find('option') : question.find('label');
    const words = (nodes: Nodes) => nodes.toArray().map((node) => wordsOf(this.$(node)));
    const chosen =
      question === null
        ? words(control.find('option[selected]'))
        : words(question.find('input[checked]').map((_, node) => this.labelOf(this.$(node)).get(0)));
    return {
      value: valueOf(control),
      isChecked: control.attr('checked') !== undefined,
      choices: words(options).filter((text) => text !== ''),
      chosen: chosen.at(0) ?? null,
      error: this.errorOf(control),
    };
  }

  /** Fills in what a person answers. The page keeps it, as in a browser. */
  fill(answers: Answers): void {
    for (const [asked, answer] of Object.entries(answers)) {
      // A question that not every such form asks.
      const label = asked.replace(/^if asked: /, '');
      if (label !== asked && !this.labels().includes(label)) continue;
      const question = this.question(label);
      if (question !== null) this.choose(question, String(answer));
      else this.answer(this.control(label), label, answer);
    }
  }

  private answer(control: Nodes, label: string, answer: string | boolean): void {
    const type = control.attr('type');
    if (type === 'radio' || type === 'checkbox') {
      if (type === 'radio') this.within.find(`input[name="${control.attr('name')}"]`).removeAttr('checked');
      if (answer === false) control.removeAttr('checked');
      else control.attr('checked', '');
    } else if (control.is('select')) {
      const option = control.find('option').filter((_, one) => wordsOf(this.$(one)) === answer);
      if (option.length !== 1) throw new Error(`“${label}” has no one choice “${answer}”`);
      control.find('option').removeAttr('selected');
      option.attr('selected', '');
    } else if (control.is('textarea')) control.text(String(answer));
    else control.attr('value', String(answer));
  }

  private choose(question: Nodes, answer: string): void {
    const label = question.find('label').filter((_, one) => wordsOf(this.$(one)) === answer);
    if (label.length !== 1) throw new Error(`“${wordsOf(question.children('legend'))}” has no one answer “${answer}”`);
    this.answer(this.$(`[id="${label.attr('for')}"]`), answer, true);
  }

  /** The fieldset of a question whose answers are chosen from. */
  private question(label: string): Nodes | null {
    const found = this.within.find('fieldset').filter((_, one) => wordsOf(this.$(one).children('legend')) === label);
    return found.length === 1 && found.find('input[type=radio]').length > 0 ? found : null;
  }

  /** Of a label, or of `Child 2: First name` where several parts of a form have such a field. */
  private control(label: string): Nodes {
    const [part, ...rest] = label.split(': ');
    const parts = this.within.find('fieldset').filter((_, one) => wordsOf(this.$(one).children('legend')) === part);
    if (rest.length > 0 && parts.length === 1) return new Fields(this.$, parts).control(rest.join(': '));
    const labelled = this.within
      .find('label')
      .filter((_, one) => wordsOf(this.$(one)) === label)
      .map((_, one) => this.within.find(`[id="${this.$(one).attr('for')}"]`).get(0));
    const named = this.within.find(CONTROLS).filter((_, one) => this.$(one).attr('aria-label') === label);
    const found = [...labelled.toArray(), ...named.toArray()];
    if (found.length === 1) return this.$(found[0]);
    throw new Error(`${found.length} fields are labelled “${label}”, of: ${this.labels().join('; ')}`);
  }

  private labels(): readonly string[] {
    return this.within
      .find('label, legend')
      .toArray()
      .map((one) => wordsOf(this.$(one)));
  }

  private labelOf(control: Nodes): Nodes {
    return this.within.find(`label[for="${control.attr('id')}"]`);
  }

  private errorOf(control: Nodes): string | null {
    const group = control.closest('.govuk-form-group');
    const said = group.find('.govuk-error-message').first();
    return said.length === 0 ? null : folded(wordsOf(said).replace(/^Error: /, ''));
  }
}

/** What is sent when a button of a form is pressed; every button that sends belongs to one. */
export function sendingOf($: CheerioAPI, button: Nodes): Sending {
  const form = formOf($, button);
  const pairs = form
    .find(CONTROLS)
    .toArray()
    .map((one) => $(one) as Nodes)
    .filter((control) => control.attr('name') !== undefined && control.attr('disabled') === undefined)
    .filter((control) => !['checkbox', 'radio'].includes(control.attr('type') ?? '') || control.is('[checked]'))
    .map((control) => [control.attr('name')!, valueOf(control)] as const);
  const own = button.attr('name');
  return {
    method: (form.attr('method') ?? 'get').toUpperCase(),
    action: button.attr('formaction') ?? form.attr('action') ?? '',
    pairs: own === undefined ? pairs : [...pairs, [own, button.attr('value') ?? '']],
  };
}

/** @throws Error for a button that sends nothing */
export function formOf($: CheerioAPI, button: Nodes): Nodes {
  const by = button.attr('form');
  const form = (by === undefined ? button.closest('form') : $(`form[id="${by}"]`)) as Nodes;
  if (form.length !== 1) throw new Error(`The button “${wordsOf(button)}” belongs to no form`);
  return form;
}

function valueOf(control: Nodes): string {
  if (control.is('textarea')) return control.text();
  if (!control.is('select')) return control.attr('value') ?? (control.is('[type=checkbox], [type=radio]') ? 'on' : '');
  const chosen = control.find('option[selected]').first();
  const option = chosen.length === 1 ? chosen : control.find('option').first();
  return option.attr('value') ?? option.text();
}
