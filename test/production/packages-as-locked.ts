/** What package-lock.json says of one package. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  readonly dev?: boolean;
}

/** By the folder in which it is installed; the project itself has the empty name. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/**
 * What may not be installed: a package with an install script that no person has looked at, one that does not come from a
 * registry, and one whose content is not fixed by a hash.
 *
 * @param decided the packages of which `allowScripts` of package.json says whether their scripts run
 * @returns a line for each fault
 */
export function faultsOf(packages: LockedPackages, decided: ReadonlySet<string>): readonly string[] {
  return Object.entries(packages).flatMap(([folder, { resolved, integrity, hasInstallScript, link }]) => {
    if (folder === '') return [];
    const name = nameIn(folder);
    return [
      ...(hasInstallScript === true && !decided.has(name)
        ? [`${name} has an install script, and allowScripts does not say whether it may run.`]
        : []),
      ...(link === true || (resolved !== undefined && !resolved.startsWith('https://'))
        ? [`${name} comes from ${resolved ?? 'nowhere'}, which is no registry.`]
        : []),
      ...(integrity === undefined ? [`${name} has no hash: another content could be installed.`] : []),
    ];
  });
}

/** The name of the package that is installed in a folder. */
export function nameIn(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
