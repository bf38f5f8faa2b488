import type { SelectItem } from '../govuk/args.ts';

export interface Agency {
  readonly id: string;
  readonly name: string;
}

/** The agencies to select from. @param none what is shown while no agency is chosen */
export function agencyItems(agencies: readonly Agency[], none: string): readonly SelectItem[] {
  return [{ value: '', text: none }, ...agencies.map(({ id, name }) => ({ value: id, text: name }))];
}
