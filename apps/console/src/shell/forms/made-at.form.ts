import { Hidden } from './fields.ts';

/** A form that says when its page was made. */
export class MadeAtForm {
  /** Milliseconds since 1970. */
  @Hidden() readonly madeAt: string = '';
}

/** When the page was made that a form was sent from; undefined where the form does not say. */
export function pageMadeAt({ madeAt }: MadeAtForm): Temporal.Instant | undefined {
  return /^\d{1,14}$/.test(madeAt) ? Temporal.Instant.fromEpochMilliseconds(Number(madeAt)) : undefined;
}
