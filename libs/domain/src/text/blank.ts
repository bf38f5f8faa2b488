/** Code points that show nothing: white space, and those that a reader may leave out (Unicode, default ignorable). */
const SHOWS_NOTHING = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;

/** Whether a text says nothing: it is empty, or no code point of it can be seen. */
export function isBlank(text: string): boolean {
  return SHOWS_NOTHING.test(text);
}
