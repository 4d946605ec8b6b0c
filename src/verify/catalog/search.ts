/** Checks of `query`: what it finds, how its text is decoded, and how it goes with filters. */
import type { Check } from '../check.ts';
import { Failure, Skip } from '../finding.ts';
import { escapeText } from '../request.ts';
import type { Subject } from '../subject.ts';
import { filterOfEach } from './choose.ts';
import {
  askPage,
  encode,
  expectAmong,
  expectLength,
  expectMeant,
  expectNone,
  fits,
  idsOf,
  knownModels,
  longest,
  type Model,
  maximum,
  type Page,
  toKnown,
} from './pages.ts';
import { ours, reference } from './reference.ts';

const textsOf = ({ tinker_id, display_name }: Model): string[] => [tinker_id, display_name];

/** Whether the id or the display name of a model has a text as a part, in any letter case. */
function mentions(model: Model, text: string): boolean {
  const part = text.toLowerCase();
  return textsOf(model).some((each) => each.toLowerCase().includes(part));
}

/** The part of an id before its slash, or all of it. */
const firstWord = ({ tinker_id }: Model): string => tinker_id.split('/')[0] ?? '';

/** A word that ids begin with, of those that fewer have: the last. */
export function commonWord(models: readonly Model[]): string {
  const words = models.map(firstWord).filter((word) => word.trim() !== '');
  return words.findLast((word) => /^[\w-]{2,}$/.test(word) && word !== words[0]) ?? words[0] ?? 'none';
}

/** Searches for an escaped text. Fails unless the page has as many models as its total says. */
async function search(subject: Subject, escaped: string): Promise<Page> {
  const page = await askPage(subject, `query=${escaped}&limit=${maximum}`);
  expectLength(page);
  return page;
}

async function expectFound(subject: Subject, escaped: string, ...models: readonly Model[]): Promise<void> {
  expectAmong(await search(subject, escaped), models, `that match ${decodeURIComponent(escaped)}`);
}

/** Fails if a search finds a model as only a server does that makes this mistake. */
async function expectNotFound(
  subject: Subject,
  escaped: string,
  model: Model,
  mistake: string,
): Promise<void> {
  const page = await search(subject, escaped);
  if (!idsOf(page).includes(model.tinker_id)) return;
  const { quote } = page.answer;
  const text = quote(decodeURIComponent(escaped));
  throw new Failure(
    page.answer,
    `no match for the text ${text}`,
    `${quote(model.tinker_id)}, as if ${mistake}`,
  );
}

/** Escapes each byte, also of letters. */
function escapeAll(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** The first id or display name that fits, with its model. */
function findText(models: readonly Model[], fits: (text: string) => boolean) {
  for (const model of models) {
    // A server may trim a search, so a text with spaces at its ends shows nothing.
    const text = textsOf(model).find((text) => text.trim() === text && text !== '' && fits(text));
    if (text !== undefined) return { text, model };
  }
  return undefined;
}

export const searchChecks: Check[] = [
  {
    id: 'search',
    title:
      'A search for the whole id or display name of a model finds it, and one for a word that ids begin with finds all of these.',
    severity: 'must',
    source: reference.query,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      for (const nameOf of [({ tinker_id }: Model) => tinker_id, ({ display_name }: Model) => display_name]) {
        const isTelling = (model: Model) =>
          nameOf(model).trim() !== '' &&
          textsOf(model).filter((text) => text.includes(nameOf(model))).length === 1;
        for (const model of new Set([models.find(isTelling), models.findLast(isTelling)])) {
          if (model) await expectFound(subject, escapeText(nameOf(model)), model);
        }
      }
      const word = commonWord(models);
      // A server that finds whole texts only is told of by `search-part`.
      const page = await search(subject, escapeText(word));
      if (page.total > 0)
        expectAmong(
          page,
          models.filter((model) => firstWord(model) === word),
          `that match ${word}`,
        );
    },
  },
  {
    id: 'search-unmatched',
    title: 'A search for a text that no id and no display name has finds nothing.',
    severity: 'must',
    source: reference.query,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      const others = models.flatMap(({ type, family, supported_algorithms }) => [
        type,
        family,
        ...supported_algorithms,
      ]);
      // A server may leave a short text aside, or look at other fields.
      for (const text of new Set(['no-such-model-7f3a9c', '日本😀ß', 'zq', 'xj', ...others])) {
        if (text.trim() === '' || models.some((model) => mentions(model, text.trim()))) continue;
        expectNone(await search(subject, escapeText(text)), `no id and no display name has ${text}`);
      }
    },
  },
  {
    id: 'search-encoding',
    title: 'A search is percent-encoded UTF-8: every text can be searched for, and escapes are decoded once.',
    severity: 'must',
    source: reference.query,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      for (const fits of [/ /, /\+/, /[^\0-\x7f]/, /[%&#=?]/]) {
        const found = findText(models, (text) => fits.test(text));
        if (found) await expectFound(subject, escapeText(found.text), found.model);
      }
      const space = findText(models, (text) => text.includes(' '));
      if (space) {
        const wrong = escapeText(space.text.replaceAll(' ', '+'));
        await expectNotFound(subject, wrong, space.model, 'the escape of a plus sign were a space');
      }
      const any = findText(models, () => true);
      if (!any) throw new Skip('no model has a name');
      await expectFound(subject, escapeAll(any.text), any.model);
      const twice = escapeText(escapeAll(any.text));
      await expectNotFound(subject, twice, any.model, 'escapes were decoded twice');
    },
  },
  {
    id: 'search-with-filter',
    title: 'A search with a filter gives what the search finds and the filter keeps, all and only.',
    severity: 'must',
    source: reference.query,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      const hasTexts = (model: Model) => textsOf(model).every((text) => text.trim() !== '');
      let shown = 0;
      for (const filter of filterOfEach(models)) {
        const outside = models.find((model) => !fits(model, filter) && hasTexts(model));
        const inside = models.find((model) => fits(model, filter) && hasTexts(model));
        if (!inside || !outside) continue;
        // If SQL lacks brackets around its OR, one of the texts is found despite any filter: the id or the name.
        const text = shown % 2 === 0 ? outside.tinker_id : outside.display_name;
        shown += 1;
        for (const query of new Set([text, inside.tinker_id, commonWord(models)])) {
          const alone = toKnown(await askPage(subject, encode(longest({ query }))));
          if (!alone.isWhole) continue;
          const found = new Set(idsOf(alone));
          const matches = (model: Model) => found.has(model.tinker_id) && fits(model, filter);
          await expectMeant(subject, longest({ query, ...filter }), { among: alone, matches });
        }
      }
      if (shown === 0) throw new Skip('no filter tells the models apart');
    },
  },
  {
    id: 'search-part',
    title:
      'A search for a part of an id or a display name finds the model, in any letter case, with spaces around it or not.',
    severity: 'should',
    source: ours.query,
    comparesModels: true,
    async run(subject) {
      const among = await knownModels(subject);
      const found = findText(among.models, (text) => /^\S{3,}$/.test(text));
      if (!found) throw new Skip('no id or display name is a word of three characters');
      const { text } = found;
      const part = [...text].slice(1, -1).join('');
      const other = text.replace(/[a-z]|([A-Z])/g, (letter, isCapital) =>
        isCapital ? letter.toLowerCase() : letter.toUpperCase(),
      );
      const [first = ''] = text;
      for (const query of [part, other, ` ${text} `, '', first]) await expectPart(subject, query);
    },
  },
  {
    id: 'search-literal',
    title:
      'A search finds only what has its text as it stands: no pattern, no single words, no similar characters.',
    severity: 'should',
    source: ours.query,
    comparesModels: true,
    async run(subject) {
      const { models } = await knownModels(subject);
      const plain = findText(models, (text) => /^[\w./ -]{4,}$/.test(text) && /[a-z]/i.test(text));
      const words = findText(models, (text) => /^\S+( \S+)+$/.test(text))?.text;
      const [model] = models;
      const texts = [
        ...['%', '_', '*', '.'],
        ...(plain ? patternsOf(plain.text) : []),
        // The full-width form of each ASCII character, and a letter with an accent.
        ...(plain ? [widen(plain.text), plain.text.replace(/[a-z]/i, (letter) => `${letter}\u0301`)] : []),
        // Single words, the same words in another order, the end of the id with the start of the display name.
        ...(words ? [words, words.split(' ').reverse().join(' ')] : []),
        ...(model ? [`${model.tinker_id.slice(-2)} ${model.display_name.slice(0, 2)}`] : []),
      ];
      for (const text of new Set(texts)) if (text.trim() === text) await expectPart(subject, text);
    },
  },
];

/** Fails unless a search finds the models that mention its text, all and only. */
async function expectPart(subject: Subject, query: string): Promise<void> {
  const among = await knownModels(subject);
  await expectMeant(subject, longest({ query }), {
    among,
    matches: (model) => mentions(model, query.trim()),
  });
}

/** Texts that match this one only as patterns: of SQL, of shells, or regular expressions. */
function patternsOf(text: string): string[] {
  const characters = [...text];
  const middle = Math.floor(characters.length / 2);
  const masked = (by: string) => characters.with(middle, by).join('');
  const [first, last] = [characters[0], characters.at(-1)];
  return [`${first}%${last}`, `${first}*${last}`, `${first}.*${last}`, masked('_'), masked('.'), masked('?')];
}

function widen(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}
