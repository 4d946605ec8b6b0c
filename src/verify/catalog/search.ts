/** Checks of `query`: what it finds, how its text is decoded, and how it goes with filters. */
import { Skip } from '../finding.ts';
import type { Check, Subject } from '../subject.ts';
import { must, should } from './check.ts';
import { filterOfEach, narrowing } from './choose.ts';
import {
  askLongest,
  askPage,
  expectAmong,
  expectLength,
  expectMeant,
  fits,
  knownCatalog,
  type Model,
  maximum,
} from './pages.ts';

const textsOf = ({ tinker_id, display_name }: Model): string[] => [tinker_id, display_name];

/** Whether the id or the display name of a model has a text as a part, in any letter case. */
function mentions(model: Model, text: string): boolean {
  return textsOf(model).some((each) => each.toLowerCase().includes(text.toLowerCase()));
}

/** The part of an id before its slash, or all of it. */
const firstWord = ({ tinker_id }: Model): string => tinker_id.split('/')[0] ?? '';

/** A word that ids begin with; not that of the first id, if there is another. */
export function commonWord(models: readonly Model[]): string {
  const words = models.map(firstWord).filter((word) => word.trim() !== '');
  return words.findLast((word) => /^[\w-]{2,}$/.test(word) && word !== words[0]) ?? words[0] ?? 'none';
}

/** The first id or display name that fits, with its model. */
function findText(models: readonly Model[], pattern: RegExp) {
  for (const model of models) {
    // A server may trim a search, so a text with spaces at its ends shows nothing.
    const text = textsOf(model).find((text) => text.trim() === text && pattern.test(text));
    if (text !== undefined) return { text, model };
  }
  return undefined;
}

/** Fails unless a search finds these models. */
async function expectFound(subject: Subject, text: string, models: readonly Model[], escaped?: string) {
  const query = escaped === undefined ? { query: text, limit: maximum } : { limit: maximum };
  const page = await askPage(subject, query, escaped === undefined ? '' : `query=${escaped}`);
  expectLength(page);
  expectAmong(page, models, `the matches of ${text}`);
}

/** Fails unless searches find the models that mention the text, all and only. */
async function expectMatches(subject: Subject, texts: Iterable<string>): Promise<void> {
  const catalog = await knownCatalog(subject);
  for (const query of new Set(texts)) {
    // A text that no known model mentions may be that of one beyond the longest page.
    await expectMeant(subject, { query, limit: maximum }, catalog, (model) => mentions(model, query.trim()));
  }
}

const isUnmatched = (models: readonly Model[]) => (text: string) =>
  text.trim() !== '' && !models.some((model) => mentions(model, text.trim()));

/** Escapes each byte, also of letters. */
function escapeAll(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

export const searchChecks: Check[] = [
  must('search', 'query', 'A search for a whole id or display name finds the model.', async (subject) => {
    const { models } = await knownCatalog(subject);
    for (const field of ['tinker_id', 'display_name'] as const) {
      const isTelling = (model: Model) =>
        model[field].trim() !== '' &&
        textsOf(model).filter((text) => text.includes(model[field])).length === 1;
      for (const model of new Set([models.find(isTelling), models.findLast(isTelling)])) {
        if (model) await expectFound(subject, model[field], [model]);
      }
    }
    const word = commonWord(models);
    const { total } = await askLongest(subject, { query: word });
    // A server that finds whole texts only is told of by `search-part`.
    if (total > 0)
      await expectFound(
        subject,
        word,
        models.filter((model) => firstWord(model) === word),
      );
  }),
  must('search-unmatched', 'query', 'A search for what no id and no name has is empty.', async (subject) => {
    const { models } = await knownCatalog(subject);
    const others = models.flatMap((model) => [model.type, model.family, ...model.supported_algorithms]);
    // A server may leave short texts aside, or look at other fields.
    const texts = ['no-such-model-7f3a9c', '日本😀ß', 'zq', 'xj', ...others].filter(isUnmatched(models));
    await expectMatches(subject, texts);
  }),
  must('search-encoding', 'query', 'A search is percent-encoded UTF-8, decoded once.', async (subject) => {
    const { models } = await knownCatalog(subject);
    const found = [/ /, /\+/, /[^\0-\x7f]/, /[%&#=?]/, /./].flatMap(
      (pattern) => findText(models, pattern) ?? [],
    );
    for (const { text, model } of found) await expectFound(subject, text, [model]);
    const last = found.at(-1);
    if (!last) throw new Skip('no model has a name');
    await expectFound(subject, last.text, [last.model], escapeAll(last.text));
    const [{ text = '' } = {}] = found;
    const wrong = [text.replaceAll(' ', '+'), escapeAll(last.text)].filter(isUnmatched(models));
    await expectMatches(subject, wrong);
  }),
  must('search-with-filter', 'query', 'A search with a filter gives what fits both.', async (subject) => {
    const { models } = await knownCatalog(subject);
    const named = models.filter((model) => textsOf(model).every((text) => text.trim() !== ''));
    let shown = 0;
    for (const filter of [...filterOfEach(models), ...narrowing(models).slice(-1)]) {
      const inside = named.find((model) => fits(model, filter));
      const outside = named.find((model) => !fits(model, filter));
      if (!inside || !outside) continue;
      // If SQL lacks brackets around its OR, one of the texts is found despite any filter: the id or the name.
      const text = shown % 2 === 0 ? outside.tinker_id : outside.display_name;
      shown += 1;
      for (const query of new Set([text, inside.tinker_id, commonWord(models)])) {
        const alone = await askLongest(subject, { query });
        if (!alone.isWhole) continue;
        const matches = (model: Model) => alone.data.has(model.tinker_id) && fits(model, filter);
        await expectMeant(subject, { query, ...filter, limit: maximum }, alone, matches);
      }
    }
    if (shown === 0) throw new Skip('no filter tells the models apart');
  }),
  should('search-part', 'query', 'Any part of an id or a name is found, in any case.', async (subject) => {
    const found = findText((await knownCatalog(subject)).models, /^\S{3,}$/);
    if (!found) throw new Skip('no id or display name is a word of three characters');
    const { text } = found;
    const inside = [...text].slice(1, -1).join('');
    const otherCase = text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
    await expectMatches(subject, [inside, otherCase, ` ${text} `, '', inside.slice(0, 1)]);
  }),
  should('search-literal', 'query', 'A search finds only what has its text, literally.', async (subject) => {
    const { models } = await knownCatalog(subject);
    const { text: plain = '' } = findText(models, /^(?=.*[a-z])[\w./ -]{4,}$/i) ?? {};
    const { text: words = '' } = findText(models, /^\S+( \S+)+$/) ?? {};
    const [start, end, middle] = [plain.slice(0, 1), plain.slice(-1), Math.floor(plain.length / 2)];
    const texts = [
      // Patterns of SQL, of shells, and regular expressions.
      ...['%', '_', '*', '.', `${start}%${end}`, `${start}*${end}`, `${start}.*${end}`],
      ...['_', '.', '?'].map((mask) => plain.slice(0, middle) + mask + plain.slice(middle + 1)),
      // The full-width form of each character, and a letter with an accent.
      plain.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
      plain.replace(/[a-z]/i, (letter) => `${letter}\u0301`),
      // The same words in another order, and an id that runs into a display name.
      ...[words, words.split(' ').reverse().join(' ')],
      ...models.slice(0, 1).map((model) => `${model.tinker_id.slice(-2)} ${model.display_name.slice(0, 2)}`),
    ];
    await expectMatches(
      subject,
      texts.filter((text) => text.trim() === text),
    );
  }),
];
