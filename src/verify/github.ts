/** Writes a report for GitHub Actions: annotations, and a summary of the job. */
import { type Report, sortChecks } from './report.ts';
import { summarise, toText } from './text.ts';

/** A workflow command for each failure, and for a run that could not start or end. */
export function toAnnotations(report: Report): string[] {
  const { code, reason } = report;
  return [
    ...sortChecks(report).failed.map(({ id, title, expected, received }) =>
      error(id, `${title} Expected ${expected}, received ${received}.`),
    ),
    ...(code ? [error(code, reason ?? '')] : []),
  ];
}

function error(title: string, message: string): string {
  const property = escapeData(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error title=${property}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Markdown. The report is in a block of HTML that Markdown leaves as it is, so that no text of a server is rendered. */
export function toSummary(report: Report): string {
  const text = toText(report).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `### Training catalog contract: ${summarise(report).split(':')[0]?.toLowerCase()}\n\n<pre>${text}</pre>\n`;
}
