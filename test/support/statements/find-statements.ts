import { relative } from 'node:path';
import ts from 'typescript';
import { variantsOf, type Reached } from './variants-of.ts';

/** A place of the code base that sends a statement, with every text that the statement can have there. */
export interface FoundStatement {
  /** Such as `libs/jobs/src/job-relay.ts:71`. */
  readonly at: string;
  readonly texts: readonly string[];
  /** The columns that the code declares for the rows; null where it reads none. */
  readonly declared: readonly DeclaredColumn[] | null;
  /** Whether the statement runs by itself, outside of a transaction. */
  readonly isAlone: boolean;
}

export interface DeclaredColumn {
  readonly name: string;
  readonly isOptional: boolean;
  /** The type as PostgreSQL must return it; null where the code takes any. */
  readonly kind: ColumnKind | null;
}

export type ColumnKind = 'text' | 'number' | 'boolean' | 'instant' | 'bytes' | 'json' | 'list';

export interface Statements {
  readonly found: readonly FoundStatement[];
  /** Templates of SQL that no statement reaches: their places. */
  readonly unreached: readonly string[];
}

const SENDERS = ['rows', 'row', 'run', 'prepared', 'inBatches'];
/** The classes of libs/store on which a statement is sent. */
const DATABASES = ['Statements', 'Transaction', 'ActingDatabase'];

/**
 * Every statement that these files send, read from the code itself: the compiler says on which class a method is called
 * and which rows the code expects, and the template is followed into the fragments that it is made of.
 *
 * @param isChecked which files count; the others are only followed into
 */
export function findStatements(program: ts.Program, root: string, isChecked: (path: string) => boolean): Statements {
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ fileName }) => isChecked(relative(root, fileName)));
  const placeOf = (node: ts.Node) => {
    const file = node.getSourceFile();
    return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  };
  const reached: Reached = new Set();
  const templates: ts.TaggedTemplateExpression[] = [];
  const found: FoundStatement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') templates.push(node);
    const sender = ts.isCallExpression(node) ? senderOf(node, checker) : null;
    if (sender !== null) {
      const [statement] = (node as ts.CallExpression).arguments;
      found.push({
        at: placeOf(node),
        texts: variantsOf(statement!, checker, files, reached),
        declared: declaredBy(node as ts.CallExpression, checker),
        // A parameter of the class above both may be given a database: what it asks has to hold for that.
        isAlone: sender !== 'Transaction',
      });
    }
    node.forEachChild(visit);
  };
  files.forEach(visit);
  return { found, unreached: templates.filter((one) => !reached.has(one)).map(placeOf) };
}

/** The class of libs/store on which a call sends a statement; null when it is another call. */
function senderOf(call: ts.CallExpression, checker: ts.TypeChecker): string | null {
  const { expression } = call;
  if (!ts.isPropertyAccessExpression(expression) || !SENDERS.includes(expression.name.text)) return null;
  const name = checker.getTypeAtLocation(expression.expression).getSymbol()?.name;
  return name !== undefined && DATABASES.includes(name) ? name : null;
}

/** The columns of the rows that a call returns, as its type says. */
function declaredBy(call: ts.CallExpression, checker: ts.TypeChecker): readonly DeclaredColumn[] | null {
  if ((call.expression as ts.PropertyAccessExpression).name.text === 'run') return null;
  const returned = checker.getReturnTypeOfSignature(checker.getResolvedSignature(call)!);
  const [promised] = checker.getTypeArguments(returned as ts.TypeReference);
  const row = checker.isArrayType(promised!)
    ? checker.getTypeArguments(promised as ts.TypeReference)[0]!
    : checker.getNonNullableType(promised!);
  if ([promised!, row].some(({ flags }) => flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any))) return null;
  return checker.getPropertiesOfType(row).map((property) => ({
    name: property.name,
    isOptional: (property.flags & ts.SymbolFlags.Optional) !== 0,
    kind: kindOf(checker.getTypeOfSymbol(property), checker),
  }));
}

function kindOf(declared: ts.Type, checker: ts.TypeChecker): ColumnKind | null {
  if (declared.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return null;
  const type = checker.getNonNullableType(declared);
  const parts = type.isUnion() ? type.types : [type];
  const all = (flags: ts.TypeFlags) => parts.every((part) => (part.flags & flags) !== 0);
  if (all(ts.TypeFlags.StringLike)) return 'text';
  if (all(ts.TypeFlags.NumberLike)) return 'number';
  if (all(ts.TypeFlags.BooleanLike)) return 'boolean';
  const name = type.getSymbol()?.name;
  if (name === 'Instant') return 'instant';
  if (name === 'Buffer') return 'bytes';
  return checker.isArrayLikeType(type) ? 'list' : 'json';
}
