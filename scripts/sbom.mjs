// Writes the list of all packages that production has (CycloneDX), with npm's own command.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WRITTEN = 'dist/sbom.cdx.json';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const project = read('package.json');
const lock = read('package-lock.json');
// `npm sbom --omit=dev` leaves out every package that a development package needs as well, pg among them. So npm is shown
// a project that has no development packages.
delete project.devDependencies;
delete lock.packages[''].devDependencies;
for (const [folder, { dev }] of Object.entries(lock.packages)) if (dev) delete lock.packages[folder];

const top = mkdtempSync(join(tmpdir(), 'mash-sbom-'));
// The list has the name of the folder.
const folder = join(top, project.name);
try {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const options = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const list = execFileSync('npm', ['sbom', ...options], { cwd: folder, maxBuffer: 100 * 1024 * 1024 });
  mkdirSync('dist', { recursive: true });
  writeFileSync(WRITTEN, list);
} finally {
  rmSync(top, { recursive: true });
}
console.log(`${WRITTEN}: ${read(WRITTEN).components.length} packages`);
