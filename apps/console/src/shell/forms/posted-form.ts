import { Body, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { readForm, type Posted } from './read-form.ts';

const SHAPE = 'mash:posted-form';

/**
 * The parameter of a handler that is the form a person sent.
 *
 * `@PostedForm(NoteForm) { form, errors }: Posted<NoteForm>`
 */
export const PostedForm =
  (shape: ClassConstructor<object>): ParameterDecorator =>
  (controller, method, index) => {
    Body(new FormPipe(shape))(controller, method, index);
    Reflect.defineMetadata(SHAPE, shape, (controller as Record<string | symbol, object>)[method!]!);
  };

/** @returns the class of the form that a handler takes; null when it takes none */
export function shapeOf(handler: object): ClassConstructor<object> | null {
  return (Reflect.getMetadata(SHAPE, handler) as ClassConstructor<object> | undefined) ?? null;
}

class FormPipe<F extends object> implements PipeTransform<unknown, Posted<F>> {
  constructor(private readonly shape: ClassConstructor<F>) {}

  transform(body: unknown): Posted<F> {
    return readForm(this.shape, body);
  }
}
