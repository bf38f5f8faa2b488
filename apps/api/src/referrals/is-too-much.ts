const [QUOTE, BACKSLASH, COLON, OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [...'"\\:[{]}'].map((one) =>
  one.charCodeAt(0),
);

/** Far beyond any referral. What is nearer is found when its fields are read, and said with its pointer. */
const MOST_NAMES = 2_000;
const DEEPEST = 100;

/**
 * Whether JSON has more names, or is nested deeper, than is worth parsing: to make an object of 25,000 names costs a
 * hundred times as much as to count them. It need not be well formed.
 */
export function isTooMuch(json: Uint8Array): 'too_many' | 'too_deep' | null {
  let names = 0;
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isInText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isInText = false;
    } else if (byte === QUOTE) isInText = true;
    else if (byte === COLON) names++;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    if (names > MOST_NAMES) return 'too_many';
    if (depth > DEEPEST) return 'too_deep';
  }
  return null;
}
