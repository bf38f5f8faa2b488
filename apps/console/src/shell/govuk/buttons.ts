import type { ButtonArgs } from './args.ts';

/**
 * A button that is one of several alike, such as `Remove`: what it is about is said to those who do not see where it is.
 *
 * @param about follows the text: `Remove` with ` the saved view Reds`
 */
export function buttonAbout(text: string, about: string, classes?: string): ButtonArgs {
  return {
    html: `${text}<span class="govuk-visually-hidden"> ${escaped(about)}</span>`,
    preventDoubleClick: true,
    ...(classes === undefined ? {} : { classes }),
  };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
