/**
 * What the macros of GOV.UK Frontend take, as far as the console uses it: presenters make these, templates place them.
 * Each interface is named after its macro.
 */

export interface TextArgs {
  readonly text: string;
  readonly classes?: string;
}

interface FieldArgs {
  readonly id: string;
  readonly name: string;
  readonly label: TextArgs;
  readonly hint?: TextArgs;
  readonly errorMessage?: TextArgs;
  readonly classes?: string;
}

export interface InputArgs extends FieldArgs {
  readonly value: string;
  readonly type?: 'text' | 'date' | 'time' | 'email' | 'url';
  readonly inputmode?: 'numeric';
  readonly autocomplete?: 'off';
  readonly spellcheck?: false;
}

export interface TextareaArgs extends FieldArgs {
  readonly value: string;
  readonly rows?: number;
}

export interface CharacterCountArgs extends TextareaArgs {
  readonly maxlength: number;
  /** Percent of the characters after which the count is shown. */
  readonly threshold?: number;
}

export interface FileUploadArgs extends FieldArgs {
  readonly attributes: { readonly accept: string };
}

export interface SelectItem {
  readonly value: string;
  readonly text: string;
}

export interface SelectArgs extends FieldArgs {
  readonly items: readonly SelectItem[];
  /** Of the item that is selected. */
  readonly value?: string;
}

interface GroupArgs {
  readonly name: string;
  readonly idPrefix: string;
  readonly fieldset?: { readonly legend: TextArgs };
  readonly hint?: TextArgs;
  readonly errorMessage?: TextArgs;
  readonly classes?: string;
}

export interface RadioItem {
  readonly value: string;
  readonly text: string;
  readonly hint?: TextArgs;
}

export interface RadiosArgs extends GroupArgs {
  readonly items: readonly RadioItem[];
  /** Of the item that is chosen. */
  readonly value?: string;
}

export interface CheckboxItem {
  readonly id?: string;
  readonly name?: string;
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
}

export interface CheckboxesArgs extends GroupArgs {
  readonly items: readonly CheckboxItem[];
}

export interface DateInputItem {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly classes: string;
  readonly inputmode?: 'text';
}

export interface DateInputArgs {
  readonly id: string;
  readonly fieldset: { readonly legend: TextArgs };
  readonly items: readonly DateInputItem[];
  readonly hint?: TextArgs;
  readonly errorMessage?: TextArgs;
}

/** A field with the arguments of the one macro that shows it. */
export interface ShownField {
  readonly input?: InputArgs;
  readonly textarea?: TextareaArgs;
  readonly dateInput?: DateInputArgs;
  readonly checkboxes?: CheckboxesArgs;
  readonly radios?: RadiosArgs;
  readonly select?: SelectArgs;
}

export interface ErrorSummaryArgs {
  readonly titleText: string;
  readonly errorList: readonly { readonly text: string; readonly href: string }[];
}

export interface SummaryListRow {
  readonly key: TextArgs;
  readonly value: TextArgs | { readonly html: string };
  readonly actions?: {
    readonly items: readonly { readonly href: string; readonly text: string; readonly visuallyHiddenText: string }[];
  };
}

export interface SummaryListArgs {
  readonly rows: readonly SummaryListRow[];
}

export interface TagArgs {
  readonly text: string;
  /** In place of the text, where a part of it is only said or only shown. */
  readonly html?: string;
  readonly classes: string;
}

export interface ButtonArgs {
  readonly text?: string;
  /** In place of the text. */
  readonly html?: string;
  /** Where it leads; a button without it sends its form. */
  readonly href?: string;
  readonly classes?: string;
  readonly preventDoubleClick?: true;
}

/** Of the Ministry of Justice's `mojSubNavigation`. */
export interface SubNavigationArgs {
  readonly label: string;
  readonly items: readonly { readonly text: string; readonly href: string; readonly active: boolean }[];
}
