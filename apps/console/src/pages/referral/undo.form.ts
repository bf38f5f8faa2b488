import { Hidden } from '../../shell/forms/fields.ts';

export class UndoForm {
  /** The id of the decision or sign-off that is taken back. */
  @Hidden() readonly undoes: string = '';
}
