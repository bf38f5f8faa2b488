/** Says whether the user that PostgreSQL runs as may enter a folder. */
export type MayEnter = (folder: string) => boolean;

/** What a data directory and a folder outside of it, made for its database, say of each other. */
export interface KeptFolder {
  /** The folder that the data directory names. */
  readonly folder: string;
  /** The data directory that the folder names; null when the folder is gone. */
  readonly owner: string | null;
  /** Whether the data directory that the folder names is there and names this folder. */
  readonly ownerIsThere: boolean;
}

/**
 * Chooses the folder of a database. It is in the data directory where PostgreSQL's user may enter that. In a folder of
 * root alone (root's own home has mode 700 in most containers) the database is outside of the checkout, and stays there.
 *
 * @param dataDir the absolute path of the data directory
 * @param kept the folder that the data directory names, null when it names none
 * @returns an absolute path; null when a new folder outside is needed
 */
export function chooseDatabaseFolder(dataDir: string, kept: KeptFolder | null, mayEnter: MayEnter): string | null {
  if (kept !== null && goesOnWith(dataDir, kept)) return kept.folder;
  return mayEnter(dataDir) ? dataDir : null;
}

/** A data directory that was moved keeps its database. A copy does not get it: two checkouts never share a database. */
function goesOnWith(dataDir: string, { owner, ownerIsThere }: KeptFolder): boolean {
  return owner === dataDir || (owner !== null && !ownerIsThere);
}

/** The name of a copy of PostgreSQL's programs. Another version has another name, so an upgrade makes a new copy. */
export function nameOfCopy(packageName: string, version: string): string {
  return `${packageName.replace(/^@/, '').replaceAll('/', '-')}-${version}`;
}
