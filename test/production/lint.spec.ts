import { execFileSync } from 'node:child_process';

interface Linted {
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** The rules that a text breaks as if it stood in that file, which has to be there. */
function broken(file: string, text: string): readonly string[] {
  const command = ['node_modules/eslint/bin/eslint.js', '--stdin', '--stdin-filename', file, '--format', 'json'];
  let output: string;
  try {
    output = execFileSync(process.execPath, command, { input: text, encoding: 'utf8' });
  } catch (error) {
    // It ends with 1 where it finds something.
    output = (error as { stdout: string }).stdout;
  }
  const [{ messages }] = JSON.parse(output) as [Linted];
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

const FORBIDDEN = `import { exec } from 'node:child_process';
import * as vm from 'vm';
exec('ls');
vm.runInNewContext('1');
export const more = [import('child_process'), process.getBuiltinModule('vm'), import(String(process.argv[2]))];
eval('1');
export const run = new Function('return 1');
setTimeout('1', 1);
`;

it.each(['apps/worker/src/main.ts', 'libs/platform/src/settings/read-settings.ts'])(
  'no file of apps and libs starts a process or runs a text: lint refuses it in %s',
  (file) => {
    expect(broken(file, FORBIDDEN)).toEqual([
      ...['no-restricted-imports', 'no-restricted-imports'],
      ...['no-restricted-syntax', 'no-restricted-syntax', 'no-restricted-syntax'],
      ...['no-eval', '@typescript-eslint/no-implied-eval', '@typescript-eslint/no-implied-eval'],
    ]);
  },
);
