import { join, relative } from 'node:path';
import { type JsxExpression, type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Whatever is drawn of the table goes through `VisibleText`, `VisibleLabel` or `shownText`. By its type a text of the table
// is a `string`, as are many words of ours; so all that is one where JSX draws it, or speaks it in a label or a title, must
// be made by one of the three, unless it is listed here as words of ours.

const DASHBOARD = join(import.meta.dirname, '../src/dashboard');

/** What is drawn by these holds words and numbers of ours alone. */
const OURS = new Set([
  ...['toLocaleString', 'format', 'ageText', 'spanText', 'moment', 'momentText', 'countWords', 'weightCount'],
  ...['hiddenWords', 'ignoredFilters', 'completenessWords', 'readinessWords', 'componentWords', 'environmentWords'],
  ...['shownWords', 'furthestWords', 'blockedWords', 'describeReadiness', 'unitsText', 'hourlyText', 'budgetText'],
  ...['clockWords', 'judgedBy', 'ownWords', 'policyWords', 'unknownSentence', 'whyUnknown', 'labelOf', 'keptWords'],
]);
/** Looks of what is weighed: a sign and its word, from a table of ours. */
const LOOKS = new Set(['glyph', 'word', 'many', 'count', 'shortcut']);
/** Files in which all is ours, or which are what the others draw by. */
const FILES = /^(?:commands\/Help|elements\/AboutCheck|matrix\/LegendSigns|elements\/VisibleText)\.tsx$/;

/** What is read out or shown on pointing. */
const SPOKEN = /^(?:aria-(?:label|description|valuetext|roledescription|placeholder)|title|alt|placeholder|label)$/;
/** Components that hand every attribute on to their element; others have a `title` of their own, and draw it. */
const HAND_ON = new Set(['Button', 'ViewLink', 'CellLink']);

let api: API;
beforeAll(() => {
  api = new API({ cwd: DASHBOARD });
});
afterAll(() => api.close());

test('every text on the page is words of ours, or shows what cannot be seen', () => {
  const [project] = api.updateSnapshot({ openProjects: [join(DASHBOARD, 'tsconfig.json')] }).getProjects();
  if (project === undefined) throw new Error('The dashboard has no project.');
  const { program, checker } = project;
  let seen = 0;
  const raw = program.getSourceFileNames().flatMap((file) => {
    const name = relative(DASHBOARD, file);
    const source = program.getSourceFile(file);
    if (name.startsWith('..') || !name.endsWith('.tsx') || FILES.test(name) || source === undefined) return [];
    const drawn = drawnIn(source);
    seen += drawn.length;
    const types = checker.getTypeAtLocation(drawn);
    return drawn
      .filter((_, at) => isText(types[at], checker))
      .map((node) => `${name}: ${source.text.slice(node.getStart(source), node.end)}`);
  });
  expect(raw).toEqual([]);
  // A change of the compiler's interface must not make a test that looks at nothing.
  expect(seen).toBeGreaterThan(500);
});

/** Whatever the JSX of a file draws or has read out, part by part. */
function drawnIn(source: SourceFile): Node[] {
  const drawn: Node[] = [];
  const visit = (node: Node): void => {
    if (is.isJsxExpression(node) && node.expression !== undefined && isDrawn(node))
      drawn.push(...partsOf(node.expression));
    // Attributes that are gathered first and spread later.
    if (is.isPropertyAssignment(node) && is.isStringLiteral(node.name) && SPOKEN.test(node.name.text)) {
      drawn.push(...partsOf(node.initializer));
    }
    node.forEachChild(visit);
  };
  visit(source);
  return drawn;
}

function isDrawn({ parent }: JsxExpression): boolean {
  if (!is.isJsxAttribute(parent)) return true;
  const name = is.isIdentifier(parent.name) ? parent.name.text : '';
  const element = parent.parent.parent;
  const tag = is.isJsxOpeningElement(element) || is.isJsxSelfClosingElement(element) ? element.tagName : null;
  const handedOn = tag !== null && is.isIdentifier(tag) && (/^[a-z]/.test(tag.text) || HAND_ON.has(tag.text));
  return SPOKEN.test(name) && (handedOn || name.startsWith('aria-'));
}

/** What an expression may come to, without what is ours for certain. */
function partsOf(node: Node): Node[] {
  if (is.isParenthesizedExpression(node)) return partsOf(node.expression);
  if (is.isConditionalExpression(node)) return [...partsOf(node.whenTrue), ...partsOf(node.whenFalse)];
  if (is.isTemplateExpression(node)) return node.templateSpans.flatMap((span) => partsOf(span.expression));
  if (is.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator === SyntaxKind.AmpersandAmpersandToken) return partsOf(node.right);
    if (operator === SyntaxKind.BarBarToken || operator === SyntaxKind.QuestionQuestionToken) {
      return [...partsOf(node.left), ...partsOf(node.right)];
    }
  }
  return isOurs(node) ? [] : [node];
}

function isOurs(node: Node): boolean {
  if (is.isCallExpression(node)) {
    const called = node.expression;
    if (!is.isPropertyAccessExpression(called)) return is.isIdentifier(called) && OURS.has(called.text);
    const method = called.name.text;
    return OURS.has(method) || (/^(?:slice|to(?:Low|Upp)erCase)$/.test(method) && isOurs(called.expression));
  }
  // A table of ours is called in capitals.
  if (is.isPropertyAccessExpression(node) || is.isElementAccessExpression(node)) return isOurs(node.expression);
  return is.isIdentifier(node) && (/^[A-Z][A-Z_]+$/.test(node.text) || LOOKS.has(node.text));
}

/** Whether it may be any text: no literal, no element, and nothing that `shownText` has made. */
function isText(type: Type | undefined, checker: Checker): boolean {
  if (type === undefined) return false;
  const parts = type.isUnionType() ? type.getTypes() : [type];
  const names = checker.typeToString(type);
  if (/ReactNode|Element/.test(names)) return false;
  return parts.some((part) => {
    if (part.flags & TypeFlags.Instantiable) {
      const constraint = checker.getBaseConstraintOfType(part);
      return constraint !== undefined && constraint !== part && isText(constraint, checker);
    }
    return (part.flags & (TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.Any)) !== 0;
  });
}
