/** Writes a report as JUnit XML, which CI services read as test results. */
import { type CheckResult, failsRun, type Report } from './report.ts';
import { summarise } from './text.ts';

/**
 * Writes a report as JUnit XML, with a test case for each check. A note is a skipped case. A run that could not start
 * or end has one more case, `run`, with an error of that type.
 *
 * @example
 * await writeFile('report.xml', toJUnit(report));
 */
export function toJUnit(report: Report): string {
  const cases = report.checks.map((result) => testCase(result.id, describe(result, report.strict)));
  if (report.code) {
    const error = `<error type=${attribute(report.code)} message=${attribute(report.reason ?? '')}/>`;
    cases.unshift(testCase('run', error));
  }
  const amount = (tag: string) => cases.filter((each) => each.includes(`<${tag} `)).length;
  const totals =
    `tests="${cases.length}" failures="${amount('failure')}" ` +
    `errors="${amount('error')}" skipped="${amount('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name=${attribute(`training catalog contract ${report.contract}`)} ${totals}>`,
    `    <properties><property name="url" value=${attribute(report.url)}/></properties>`,
    ...cases,
    `    <system-out>${escapeXml(summarise(report))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(name: string, content: string): string {
  const start = `    <testcase classname="training-catalog" name=${attribute(name)}`;
  return content ? `${start}>${content}</testcase>` : `${start}/>`;
}

function describe(result: CheckResult, strict: boolean): string {
  if (result.status === 'passed') return '';
  if (result.status === 'skipped') return `<skipped message=${attribute(result.reason)}/>`;
  const { title, expected, received, source, request } = result;
  if (!failsRun(result, strict)) {
    return `<skipped message=${attribute(`Note: ${title} Expected ${expected}, received ${received}.`)}/>`;
  }
  const body = escapeXml(`expected  ${expected}\nreceived  ${received}\nsource    ${source}\n${request}`);
  return `<failure message=${attribute(title)}>${body}</failure>`;
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
