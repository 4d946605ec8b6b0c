/** Bodies that are cheap to send and were dear to read. */
import { exampleOf } from '../contract/from-yaml.ts';

const [model] = exampleOf(200).models;

/** A list of the same piece, or of pieces with a number of their own, to about a size. */
function list(piece: string, size: number): string {
  if (!piece.includes('#')) return `[${`${piece},`.repeat(size / (piece.length + 1))}${piece}]`;
  let text = '';
  for (let index = 0; text.length < size; index += 1) text += `${piece.replace('#', `${index}`)},`;
  return `[${text.slice(0, -1)}]`;
}

const page = (models: string) => `{"limit":20,"total":1,"models":${models}}`;
const withAlgorithms = (algorithms: string) =>
  page(JSON.stringify([{ ...model, supported_algorithms: '|' }]).replace('"|"', algorithms));
const envelope = (errors: string) => `{"code":422,"type":"validation_error","detail":"","errors":${errors}}`;

const makers: Record<string, (size: number) => string> = {
  'models that are numbers': (size) => page(list('0', size)),
  'models that are empty': (size) => page(list('{}', size)),
  'algorithms that are numbers': (size) => withAlgorithms(list('0', size)),
  'algorithms that are all new': (size) => withAlgorithms(list('"new#"', size)),
  'families that are all new': (size) => page(list(JSON.stringify({ ...model, family: 'new#' }), size)),
  'problems that are numbers': (size) => envelope(list('0', size)),
  'problems without end': (size) =>
    envelope(list('{"loc":["query"],"msg":"SECRET0123456789","type":"x"}', size)),
  'a detail without end': (size) =>
    `{"code":422,"type":"validation_error","detail":"${'SECRET0123456789 '.repeat(size / 17)}"}`,
  // As deep as this, they take the collector of garbage longest.
  'words that are a deep list': (size) => `{"detail":${'['.repeat(size / 20)}${']'.repeat(size / 20)}}`,
  'lists in lists': (size) => '['.repeat(size / 20) + ']'.repeat(size / 20),
  'objects in objects': (size) => `${'{"a":'.repeat(size / 6)}0${'}'.repeat(size / 6)}`,
  'a page of titles': (size) => '<title '.repeat(size / 7),
  'spaces, byte by byte': (size) => ' '.repeat(size),
  backslashes: (size) => '\\'.repeat(size),
};

export const hostileNames = Object.keys(makers);

/** The body of that name, of about as many characters. */
export function hostileBody(name: string, size: number): string {
  return (makers[name] as (typeof makers)[string])(size);
}
