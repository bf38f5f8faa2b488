import type { ClientBase } from 'pg';

const HEADER = `-- The schema that the migrations make, for reading. Only \`npm run schema\` writes this file.
-- TypeORM's own table \`migrations\` is left out.
`;

/** A condition: the object of this id, in this schema, is not PostgreSQL's own and not of an extension. */
const OURS = (oid: string, namespace: string) => `
  ${namespace} IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = ${oid} AND deptype = 'e')`;

/**
 * Partitions by time are left out: which there are depends on the day. What they have is that of their table. The default
 * partition is described.
 */
const TABLES = `
  SELECT c.oid::regclass::text AS name,
    CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED TABLE' ELSE 'TABLE' END AS kind,
    (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid) AS "partitionOf",
    coalesce(' PARTITION BY ' || pg_get_partkeydef(c.oid), '') AS "partitionedBy",
    ARRAY(
      SELECT quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
        || CASE WHEN attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(adbin, adrelid) || ') STORED'
             ELSE coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '') END
        || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
    ) || ARRAY(
      SELECT 'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid, true)
      FROM pg_constraint WHERE conrelid = c.oid AND contype IN ('p', 'u', 'f', 'c', 'x')
      ORDER BY contype <> 'p', conname COLLATE "C"
    ) AS lines,
    ARRAY(
      SELECT pg_get_indexdef(indexrelid, 0, true) FROM pg_index
      WHERE indrelid = c.oid AND NOT c.relispartition
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND conrelid = c.oid)
      ORDER BY indexrelid::regclass::text COLLATE "C"
    ) || ARRAY(
      SELECT pg_get_triggerdef(oid, true) FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal
      ORDER BY tgname COLLATE "C"
    ) || ARRAY(
      SELECT 'ALTER TABLE ' || c.oid::regclass || ' ENABLE ROW LEVEL SECURITY' WHERE c.relrowsecurity
    ) || ARRAY(
      SELECT format('CREATE POLICY %I ON %s TO %s USING (%s) WITH CHECK (%s)', polname, polrelid::regclass,
        (SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles WHERE oid = ANY(polroles)),
        pg_get_expr(polqual, polrelid), pg_get_expr(coalesce(polwithcheck, polqual), polrelid))
      FROM pg_policy WHERE polrelid = c.oid ORDER BY polname COLLATE "C"
    ) || ARRAY(
      SELECT format('GRANT %s ON %s TO %I', string_agg(said, ', ' ORDER BY said DESC), c.oid::regclass, role)
      FROM (
        SELECT grantee::regrole::text AS role, privilege_type AS said FROM aclexplode(c.relacl)
        UNION ALL
        SELECT grantee::regrole::text, privilege_type || ' (' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) || ')'
        FROM pg_attribute, aclexplode(attacl) WHERE attrelid = c.oid AND NOT attisdropped GROUP BY grantee, privilege_type
      ) rights
      WHERE role IN ('mash_agency', 'mash_staff') GROUP BY role ORDER BY role COLLATE "C"
    ) AS after
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relname <> 'migrations' AND ${OURS('c.oid', 'c.relnamespace')}
    AND (NOT c.relispartition OR pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT')
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const FUNCTIONS = `
  SELECT trim(E'\\n' FROM pg_get_functiondef(p.oid)) AS text FROM pg_proc p
  WHERE p.prokind IN ('f', 'p') AND ${OURS('p.oid', 'p.pronamespace')}
  ORDER BY p.oid::regprocedure::text COLLATE "C"`;

const VIEWS = `
  SELECT 'CREATE VIEW ' || c.oid::regclass || E' AS\\n' || trim(trailing ';' FROM pg_get_viewdef(c.oid, true)) AS text
  FROM pg_class c WHERE c.relkind = 'v' AND ${OURS('c.oid', 'c.relnamespace')}
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const SCHEMAS_AND_EXTENSIONS = `
  SELECT 'CREATE SCHEMA ' || quote_ident(nspname) AS text, nspname AS name, 0 AS part
  FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')
  UNION ALL
  SELECT 'CREATE EXTENSION ' || quote_ident(extname) || ' SCHEMA ' || extnamespace::regnamespace, extname, 1
  FROM pg_extension WHERE extname <> 'plpgsql'
  ORDER BY part, name`;

/** Objects that a migration may make and that {@link describeSchema} cannot describe. */
const NOT_DESCRIBED = `
  SELECT 'the sequence, materialized view or foreign table ' || c.oid::regclass AS text FROM pg_class c
  WHERE c.relkind IN ('S', 'm', 'f') AND c.relname <> 'migrations_id_seq' AND ${OURS('c.oid', 'c.relnamespace')}
  UNION ALL
  SELECT 'the type ' || t.oid::regtype FROM pg_type t
  WHERE t.typtype IN ('d', 'e', 'r') AND ${OURS('t.oid', 't.typnamespace')}
  UNION ALL
  SELECT 'the policy ' || polname || ' of ' || polrelid::regclass FROM pg_policy
  WHERE polcmd <> '*' OR NOT polpermissive OR polqual IS NULL
  UNION ALL
  SELECT 'the aggregate or window function ' || p.oid::regprocedure FROM pg_proc p
  WHERE p.prokind IN ('a', 'w') AND ${OURS('p.oid', 'p.pronamespace')}`;

interface Table {
  readonly name: string;
  readonly kind: string;
  /** The table whose default partition it is. */
  readonly partitionOf: string | null;
  readonly partitionedBy: string;
  readonly lines: readonly string[];
  readonly after: readonly string[];
}

/** The statement that makes a table. */
function made({ name, kind, partitionOf, partitionedBy, lines }: Table): string {
  if (partitionOf !== null) return `CREATE ${kind} ${name} PARTITION OF ${partitionOf} DEFAULT`;
  return `CREATE ${kind} ${name} (\n  ${lines.join(',\n  ')}\n)${partitionedBy}`;
}

/**
 * Describes a database's schema as readable SQL: the same text for the same schema, sorted by name.
 *
 * @throws Error naming something in the schema that it cannot describe
 */
export async function describeSchema(client: ClientBase): Promise<string> {
  const texts = async (sql: string) => (await client.query<{ text: string }>(sql)).rows.map(({ text }) => text);
  await client.query(`SET search_path = public; SET TimeZone = 'UTC'`);
  const [unknown] = await texts(NOT_DESCRIBED);
  if (unknown !== undefined) throw new Error(`scripts/schema/describe-schema.ts cannot describe ${unknown} yet`);
  const { rows } = await client.query<Table>(TABLES);
  const tables = rows.map((table) => [made(table), ...table.after].map((statement) => `${statement};\n`).join(''));
  const start = (await texts(SCHEMAS_AND_EXTENSIONS)).map((statement) => `${statement};\n`).join('');
  const others = [...(await texts(FUNCTIONS)), ...(await texts(VIEWS))].map((statement) => `${statement};\n`);
  return [HEADER, start, ...others, ...tables].filter((part) => part !== '').join('\n');
}
