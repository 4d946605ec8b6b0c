/** Writes a report as JUnit XML, which CI services read as test results. */
import { type CheckResult, type Failed, type Report, sortChecks } from './report.ts';
import { summarise } from './text.ts';

/**
 * Writes a report as JUnit XML, with a test case for each check. A note is a skipped case. A run that could not start
 * or end has one more case, `run`, with an error of that type.
 *
 * @example
 * await writeFile('report.xml', toJUnit(report));
 */
export function toJUnit(report: Report): string {
  const { contract, url, code, reason = '', checks } = report;
  const { failed, notes, skipped } = sortChecks(report);
  const contents = new Map<CheckResult, string>([
    ...failed.map(
      (result) => [result, element('failure', { message: result.title }, describe(result))] as const,
    ),
    ...notes.map(
      (result) =>
        [result, element('skipped', { message: `Note: ${result.title} ${describe(result)}` })] as const,
    ),
    ...skipped.map((result) => [result, element('skipped', { message: result.reason })] as const),
  ]);
  const testCase = (name: string, content = '') =>
    `    ${element('testcase', { classname: 'training-catalog', name }, content, true)}`;
  const amounts = {
    tests: checks.length + (code ? 1 : 0),
    failures: failed.length,
    errors: code ? 1 : 0,
    skipped: notes.length + skipped.length,
  };
  const suite = [
    `    <properties>${element('property', { name: 'url', value: url })}</properties>`,
    ...(code ? [testCase('run', element('error', { type: code, message: reason }))] : []),
    ...checks.map((result) => testCase(result.id, contents.get(result))),
    `    ${element('system-out', {}, summarise(report))}`,
  ];
  const name = `training catalog contract ${contract}`;
  const suites = element('testsuite', { name, ...amounts }, `\n${suite.join('\n')}\n  `, true);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', amounts, `\n  ${suites}\n`, true)}\n`;
}

function describe({ expected, received, source, request }: Failed): string {
  return `expected  ${expected}\nreceived  ${received}\nsource    ${source}\n${request}`;
}

/** @param isXml - Whether the content consists of elements. */
function element(name: string, attributes: object, content = '', isXml = false): string {
  const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}=${attribute(`${value}`)}`);
  const start = `<${name}${pairs.join('')}`;
  return content ? `${start}>${isXml ? content : escapeXml(content)}</${name}>` : `${start}/>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 cannot hold, not even as a reference, become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => entities[character] as string);
}

/** A line end in an attribute is escaped, as XML reads it as a space. */
function attribute(text: string): string {
  return `"${escapeXml(text).replaceAll('\n', '&#10;')}"`;
}
