const FORMS =
  /^\/(referrals\/[\w-]+\/(rating|decision|decision\/check|sign-off|give-back|skip)|shift|search|preferences|consultations\/[\w-]+|telephone\/[\w-]+)$/;

/** @returns the page that a form is on, by where it is sent; null when it has none of its own */
export function pageOfForm(path: string): string | null {
  return FORMS.test(path) ? path : null;
}
