import ts from 'typescript';

/** Templates that some statement is made of. */
export type Reached = Set<ts.Node>;

/** A text, in which each parameter stands as this character until it gets its number. */
const PARAMETER = '\u0001';

/** The arguments by the parameters that they are given for. */
type Bound = ReadonlyMap<ts.Symbol, { readonly argument: ts.Expression; readonly bound: Bound }>;
const NOTHING_BOUND: Bound = new Map();

/**
 * The texts that an expression of type `Sql` can have. Where the code chooses between fragments, each fragment stands in
 * at least one of the texts.
 *
 * @param files where calls of a function are looked for whose parameter is a fragment
 * @param reached takes up every template that was followed
 * @throws Error naming an expression that it cannot follow
 */
export function variantsOf(
  expression: ts.Expression,
  checker: ts.TypeChecker,
  files: readonly ts.SourceFile[],
  reached: Reached,
): readonly string[] {
  const texts = new Variants(checker, files, reached).of(expression, NOTHING_BOUND);
  return [...new Set(texts)].map(numbered);
}

function numbered(text: string): string {
  let count = 0;
  return text.replaceAll(PARAMETER, () => `$${++count}`);
}

class Variants {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly files: readonly ts.SourceFile[],
    private readonly reached: Reached,
  ) {}

  of(node: ts.Expression, bound: Bound): readonly string[] {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
      return this.of(node.expression, bound);
    }
    if (ts.isTaggedTemplateExpression(node)) return this.ofTemplate(node, bound);
    if (ts.isConditionalExpression(node)) return [...this.of(node.whenTrue, bound), ...this.of(node.whenFalse, bound)];
    if (ts.isCallExpression(node)) return this.ofCall(node, bound);
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      return this.valuesOf(node, bound).flatMap(({ argument, bound: own }) => this.of(argument, own));
    }
    throw cannotFollow(node);
  }

  private ofTemplate({ template, ...node }: ts.TaggedTemplateExpression, bound: Bound): readonly string[] {
    this.reached.add(template.parent);
    if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
    const parts = template.templateSpans.map(({ expression, literal }) => ({
      choices: this.isFragment(expression) ? this.of(expression, bound) : [PARAMETER],
      then: literal.text,
    }));
    const count = Math.max(...parts.map(({ choices }) => choices.length));
    void node;
    return Array.from({ length: count }, (_, index) =>
      parts.reduce((text, { choices, then }) => text + choices[index % choices.length]! + then, template.head.text),
    );
  }

  private isFragment(expression: ts.Expression): boolean {
    return this.checker.getTypeAtLocation(expression).getSymbol()?.name === 'Sql';
  }

  /** A call of a function whose body is at hand: its result, with the arguments in the place of the parameters. */
  private ofCall(call: ts.CallExpression, bound: Bound): readonly string[] {
    return this.valuesOf(call.expression, bound).flatMap(({ argument: callee, bound: own }) => {
      const declared = isFunction(callee) ? callee : null;
      if (declared?.body === undefined) throw cannotFollow(call);
      const inner = new Map(own);
      declared.parameters.forEach(({ name }, index) => {
        const symbol = ts.isIdentifier(name) ? this.checker.getSymbolAtLocation(name) : undefined;
        const argument = call.arguments[index];
        if (symbol !== undefined && argument !== undefined) inner.set(symbol, { argument, bound });
      });
      return returnedBy(declared).flatMap((result) => this.of(result, inner));
    });
  }

  /** The expressions that a name, a property or an entry can stand for. */
  private valuesOf(
    node: ts.Expression,
    bound: Bound,
  ): readonly { readonly argument: ts.Expression; readonly bound: Bound }[] {
    if (isFunction(node)) return [{ argument: node, bound }];
    if (ts.isPropertyAccessExpression(node)) {
      const name = node.name.text;
      return this.entriesOf(node.expression, bound).filter((entry) => entry.name === name);
    }
    if (ts.isElementAccessExpression(node)) {
      const key = ts.isStringLiteral(node.argumentExpression) ? node.argumentExpression.text : null;
      return this.entriesOf(node.expression, bound).filter(({ name }) => key === null || name === key);
    }
    const symbol = this.symbolOf(node);
    const given = symbol && bound.get(symbol);
    if (given) return this.valuesOrSelf(given.argument, given.bound);
    const declaration = symbol?.valueDeclaration;
    if (declaration === undefined) throw cannotFollow(node);
    if (ts.isFunctionDeclaration(declaration)) return [{ argument: declaration as never, bound: NOTHING_BOUND }];
    if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
      return this.valuesOrSelf(declaration.initializer, bound);
    }
    if (ts.isParameter(declaration)) {
      return this.argumentsFor(declaration).flatMap((argument) => this.valuesOrSelf(argument, NOTHING_BOUND));
    }
    if (ts.isBindingElement(declaration)) return this.valuesOfLoop(declaration);
    throw cannotFollow(node);
  }

  private valuesOrSelf(node: ts.Expression, bound: Bound) {
    return ts.isIdentifier(node) || isFunction(node) ? this.valuesOf(node, bound) : [{ argument: node, bound }];
  }

  /** The entries of an object that is written out. */
  private entriesOf(node: ts.Expression, bound: Bound) {
    return this.valuesOf(node, bound).flatMap(({ argument, bound: own }) => {
      const object = ts.isAsExpression(argument) ? argument.expression : argument;
      if (!ts.isObjectLiteralExpression(object)) throw cannotFollow(node);
      return object.properties.flatMap((property) =>
        ts.isPropertyAssignment(property)
          ? [{ name: nameOf(property.name), argument: property.initializer, bound: own }]
          : [],
      );
    });
  }

  /** `for (const [name, value] of Object.entries(OBJECT))`: the values of the object. */
  private valuesOfLoop(element: ts.BindingElement) {
    const loop = ts.findAncestor(element, ts.isForOfStatement);
    if (loop === undefined || !ts.isCallExpression(loop.expression)) throw cannotFollow(element);
    return this.entriesOf(loop.expression.arguments[0]!, NOTHING_BOUND);
  }

  /** The arguments that the code gives for a parameter, wherever it calls the function. */
  private argumentsFor(parameter: ts.ParameterDeclaration): readonly ts.Expression[] {
    const owner = parameter.parent;
    const index = owner.parameters.indexOf(parameter);
    const found: ts.Expression[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && this.checker.getResolvedSignature(node)?.declaration === owner) {
        const argument = node.arguments[index];
        if (argument !== undefined) found.push(argument);
      }
      node.forEachChild(visit);
    };
    this.files.forEach(visit);
    if (found.length === 0) throw cannotFollow(parameter);
    return found;
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

type WithBody = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isFunctionDeclaration(node);
}

function returnedBy({ body }: WithBody): readonly ts.Expression[] {
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    node.forEachChild(visit);
  };
  body.forEachChild(visit);
  return found;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText();
}

function cannotFollow(node: ts.Node): Error {
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return new Error(`${file.fileName}:${line}: this statement cannot be read from the code: ${node.getText()}`);
}
