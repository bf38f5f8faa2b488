import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { faultsOf, nameIn, type LockedPackages } from './packages-as-locked.ts';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockedPackages };
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  allowScripts: Readonly<Record<string, boolean>>;
};
const decided = new Set(Object.keys(allowScripts));

describe('what is installed', () => {
  it('has a hash, comes from a registry, and runs an install script only where package.json says so', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(900);
    expect(faultsOf(packages, decided)).toEqual([]);
  });

  it('is found out where a package with an install script is planted', () => {
    const planted = {
      resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
      integrity: 'sha512-x',
      hasInstallScript: true,
    };
    expect(faultsOf({ ...packages, 'node_modules/pg/node_modules/x': planted }, decided)).toEqual([
      'x has an install script, and allowScripts does not say whether it may run.',
    ]);
    expect(faultsOf({ 'node_modules/@swc/core': planted }, decided)).toEqual([]);
  });

  it('is found out where a package comes from git, from a folder, or without a hash', () => {
    expect(
      faultsOf(
        { 'node_modules/a': { resolved: 'git+ssh://git@github.com/a/a.git#0123', integrity: 'sha512-x' } },
        decided,
      ),
    ).toEqual(['a comes from git+ssh://git@github.com/a/a.git#0123, which is no registry.']);
    expect(faultsOf({ 'node_modules/b': { resolved: '../b', link: true, integrity: 'sha512-x' } }, decided)).toEqual([
      'b comes from ../b, which is no registry.',
    ]);
    expect(faultsOf({ 'node_modules/@c/c': { resolved: 'https://example.org/c.tgz' } }, decided)).toEqual([
      '@c/c has no hash: another content could be installed.',
    ]);
  });
});

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: 'required' | 'optional';
  readonly hashes: readonly { readonly alg: string }[];
}

describe('the list of the packages of production', () => {
  const made = () => {
    execFileSync('npm', ['run', '--silent', 'sbom']);
    return JSON.parse(readFileSync('dist/sbom.cdx.json', 'utf8')) as { components: readonly Component[] };
  };

  it('is valid CycloneDX 1.5', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    // Formats that ajv-formats does not have.
    for (const format of ['iri-reference', 'idn-email']) ajv.addFormat(format, true);
    const of = (file: string) =>
      JSON.parse(readFileSync(join('node_modules/@cyclonedx/cyclonedx-library/res/schema', file), 'utf8')) as object;
    for (const file of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
      ajv.addSchema(of(file), `http://cyclonedx.org/schema/${file}`);
    }
    const check = ajv.compile(of('bom-1.5.SNAPSHOT.schema.json'));
    const sbom = made();
    check(sbom);
    expect(check.errors).toBeNull();
    check({ ...sbom, components: [{ ...sbom.components[0], type: 'rumour' }] });
    expect(check.errors).not.toBeNull();
  });

  it('names every dependency with its version, its address and a hash, and no package of development', () => {
    const { components } = made();
    const named = (name: string) => components.find((one) => one.name === name);
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    for (const [name, version] of Object.entries(dependencies)) {
      expect(named(name)).toMatchObject({ version, scope: 'required' });
    }
    expect(components.filter(({ hashes }) => !hashes.some(({ alg }) => alg === 'SHA-512'))).toEqual([]);
    expect(components.filter(({ purl }) => !purl.startsWith('pkg:npm/'))).toEqual([]);
    const locked = Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && dev !== true);
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    expect(locked.filter(([folder, one]) => !listed.has(`${nameIn(folder)}@${one.version}`))).toEqual([]);
    expect(named('jest')).toBeUndefined();
    const inProduction = new Set(locked.map(([folder, { version }]) => `${nameIn(folder)}@${version}`));
    expect([...listed].filter((one) => !inProduction.has(one))).toEqual([]);
  });
});
