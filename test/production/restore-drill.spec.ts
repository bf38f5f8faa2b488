import { spawnSync } from 'node:child_process';

it('a hub that lost its database is restored as it was, sends what waited once, and a restore to an earlier instant is found out', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'restore-drill'], { encoding: 'utf8' });
  const said = stdout + stderr;
  expect(said).not.toContain('FAILED');
  expect(said).toMatch(/\d+ messages sent, [1-9]\d* wait; [1-9]\d* jobs wait/);
  expect(said).toMatch(/\d+ entries up to .*: all as they were written, compared with \d+ checkpoints/);
  expect(said).toMatch(/[1-9]\d* messages sent after the restore/);
  expect(said).toMatch(/Rolled back: lane \d+.* it was put back to an older state\./);
  expect(said).toContain('A restore from a backup to an earlier instant leaves it so.');
  expect(said).toMatch(/ s {2}from the loss to the hub at work again \(RTO\)/);
  expect(status).toBe(0);
});
