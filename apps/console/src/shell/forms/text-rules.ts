import { ValidateBy } from 'class-validator';
import { isBlank, lengthOf } from '#domain';

/** A text that says something: not only white space, nor characters that show nothing. */
export const Said = (message: string): PropertyDecorator =>
  ValidateBy(
    { name: 'said', validator: { validate: (text) => typeof text === 'string' && !isBlank(text) } },
    { message },
  );

/** A text of so many characters at most, counted as the page's counter counts them: a line's end is one, an emoji too. */
export const AtMost = (characters: number, message?: string): PropertyDecorator =>
  ValidateBy(
    { name: 'atMost', validator: { validate: (text) => typeof text === 'string' && lengthOf(text) <= characters } },
    message === undefined ? {} : { message },
  );

/** A text of so many characters at least, white space around it and characters that show nothing not counted. */
export const AtLeast = (characters: number, message: string): PropertyDecorator =>
  ValidateBy(
    {
      name: 'atLeast',
      validator: {
        validate: (text) =>
          lengthOf(
            String(text)
              .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
              .trim(),
          ) >= characters,
      },
    },
    { message },
  );
