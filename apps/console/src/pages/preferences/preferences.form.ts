import { Allow, ValidateBy } from 'class-validator';
import { SHORTCUTS, type Shortcut, type StaffPreferences } from '#work';

export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as readonly Shortcut[];

type Keys = Readonly<Record<Shortcut, string>>;

/** One character, which does nothing else. */
const ShortcutKey = () =>
  ValidateBy({
    name: 'shortcutKey',
    validator: {
      validate: (key: string, of) => faultOf(key, of!.property, of!.object as Keys) === null,
      defaultMessage: (of) => faultOf(of!.value as string, of!.property, of!.object as Keys) ?? '',
    },
  });

export class PreferencesForm implements Keys {
  @Allow() readonly density: string = '';
  @Allow() readonly shortcuts: string = '';
  @Allow() readonly checksDecisions: string = '';
  @Allow() readonly weeklySummary: string = '';
  @ShortcutKey() readonly 'next-row': string = '';
  @ShortcutKey() readonly 'previous-row': string = '';
  @ShortcutKey() readonly open: string = '';
  @ShortcutKey() readonly 'take-next': string = '';
  @ShortcutKey() readonly search: string = '';
  @ShortcutKey() readonly queue: string = '';
  @ShortcutKey() readonly help: string = '';
}

export function preferencesIn(form: PreferencesForm): StaffPreferences {
  return {
    shortcuts: form.shortcuts === 'on',
    checksDecisions: form.checksDecisions === 'on',
    weeklySummary: form.weeklySummary === 'on',
    density: form.density === 'compact' ? 'compact' : 'comfortable',
    keys: Object.fromEntries(SHORTCUT_NAMES.map((name) => [name, form[name]])) as StaffPreferences['keys'],
  };
}

function faultOf(key: string, name: string, keys: Keys): string | null {
  if (!/^[^\s\p{C}]$/u.test(key)) return 'Give one character';
  const isTaken = SHORTCUT_NAMES.some((other) => other !== name && keys[other] === key);
  return isTaken ? `“${key}” does something else already` : null;
}
