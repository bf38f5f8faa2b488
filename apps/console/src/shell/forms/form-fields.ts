import type { FormErrors } from './read-form.ts';
import type {
  CharacterCountArgs, CheckboxesArgs, ErrorSummaryArgs, FileUploadArgs, InputArgs, RadioItem, RadiosArgs, SelectArgs, SelectItem, TextareaArgs,
} from '../govuk/args.ts'; // prettier-ignore

/** What a field says of itself. */
interface Words {
  /** The name of the field without it. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string;
  /** The label heads a part of the page. */
  readonly isLarge?: boolean;
  readonly classes?: string;
}

/** Makes the arguments of a form's fields, each with what was typed in it and what is wrong with it. */
export class FormFields {
  private readonly typed: Readonly<Record<string, unknown>>;

  /**
   * @param typed the answers by the names of their fields
   * @param errors null while nothing is wrong
   */
  constructor(
    typed: object,
    private readonly errors: FormErrors | null,
  ) {
    this.typed = typed as Readonly<Record<string, unknown>>;
  }

  /** Whether the field has an answer, or an error. */
  has(name: string): boolean {
    return this.valueOf(name).trim() !== '' || this.errors?.[name] !== undefined;
  }

  input(name: string, words: Words, more: Partial<InputArgs> = {}): InputArgs {
    return { ...this.field(name, words), value: this.valueOf(name), ...more };
  }

  textarea(name: string, words: Words, more: Partial<TextareaArgs> = {}): TextareaArgs {
    return { ...this.field(name, words), value: this.valueOf(name), ...more };
  }

  characterCount(
    name: string,
    words: Words,
    more: { maxlength: number } & Partial<CharacterCountArgs>,
  ): CharacterCountArgs {
    return { ...this.field(name, words), value: this.valueOf(name), ...more };
  }

  /**
   * The browser's own field: axe finds that the button which GOV.UK Frontend's script puts in its place is not called what it
   * shows. What was chosen cannot be put there again, so that a page with a fault asks for the file anew.
   */
  fileUpload(name: string, words: Words, mediaTypes: readonly string[]): FileUploadArgs {
    return { ...this.field(name, words), attributes: { accept: mediaTypes.join(',') } };
  }

  select(name: string, words: Words, items: readonly SelectItem[]): SelectArgs {
    return { ...this.field(name, words), value: this.valueOf(name), items };
  }

  radios(name: string, words: Words, items: readonly RadioItem[]): RadiosArgs {
    const { label: legend, id: idPrefix, ...more } = this.field(name, words, 'govuk-fieldset__legend--m');
    return { ...more, idPrefix, fieldset: { legend }, value: this.valueOf(name), items };
  }

  /** One checkbox. @param value what it posts when it is ticked */
  tick(name: string, words: Words, item: { readonly value: string; readonly text: string }): CheckboxesArgs {
    const { label: legend, id: idPrefix, ...more } = this.field(name, words, 'govuk-fieldset__legend--m');
    return {
      ...more,
      idPrefix,
      fieldset: { legend },
      items: [{ ...item, checked: this.valueOf(name) === item.value }],
    };
  }

  private field(name: string, { id = name, label, hint, isLarge = false, classes }: Words, large = 'govuk-label--m') {
    const error = this.errors?.[name];
    return {
      id,
      name,
      label: isLarge ? { text: label, classes: large } : { text: label },
      ...(hint === undefined ? {} : { hint: { text: hint } }),
      ...(error === undefined ? {} : { errorMessage: { text: error } }),
      ...(classes === undefined ? {} : { classes }),
    };
  }

  /** What was typed in a field; empty when it was not. */
  valueOf(name: string): string {
    const value = this.typed[name];
    return typeof value === 'string' ? value : '';
  }
}

/** @returns null when nothing is wrong */
export function errorSummary(
  errors: FormErrors | null,
  hrefOf = (name: string) => `#${name}`,
): ErrorSummaryArgs | null {
  if (errors === null) return null;
  return summaryOf(Object.entries(errors).map(([name, text]) => ({ href: hrefOf(name), text })));
}

export function summaryOf(errorList: ErrorSummaryArgs['errorList']): ErrorSummaryArgs {
  return { titleText: 'There is a problem', errorList };
}
