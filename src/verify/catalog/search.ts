/** Checks of `query`: what it must find, and how its text is decoded. */
import { type Check, Failure, Skip } from '../check.ts';
import type { Subject } from '../subject.ts';
import { escapeText } from '../write-parameter.ts';
import {
  askPage,
  expectAmong,
  expectLength,
  expectNone,
  idsOf,
  knownModels,
  limitSchema,
  type Model,
  type Page,
} from './pages.ts';
import { commonWord, contains, findText, firstWord, needText } from './texts.ts';

/** Text that occurs in no model: a word, and one that is not ASCII. */
const unmatched = 'no-such-model-7f3a9c';
const unmatchedUnicode = '日本😀ß';

/** Searches for an escaped text. Fails unless the page has as many models as its total says. */
export async function search(subject: Subject, escaped: string): Promise<Page> {
  const { maximum } = limitSchema;
  const page = await askPage(subject, `query=${escaped}&limit=${maximum}`);
  expectLength(page, maximum);
  return page;
}

/** Fails unless a search for an escaped text finds a model. */
export async function expectFound(subject: Subject, escaped: string, model: Model): Promise<void> {
  const page = await search(subject, escaped);
  expectAmong(page, [model], `that match ${decodeURIComponent(escaped)}`);
}

/** Escapes each byte, also of letters. */
function escapeAll(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/**
 * Fails if a search for an escaped text finds a model.
 *
 * @param mistake - How a server would come to find it: `escapes were decoded twice`.
 */
async function expectNotFound(
  subject: Subject,
  escaped: string,
  model: Model,
  mistake: string,
): Promise<void> {
  const page = await search(subject, escaped);
  if (!idsOf(page).includes(model.tinker_id)) return;
  const { quote } = page.answer;
  throw new Failure(
    page.answer,
    `no match for the text ${quote(decodeURIComponent(escaped))}`,
    `${quote(model.tinker_id)}, as if ${mistake}`,
  );
}

export const searchChecks: Check[] = [
  {
    id: 'search-id',
    title: 'A search for the exact id of a model finds it.',
    async run(subject) {
      const models = await knownModels(subject);
      const model = models.find((model) => !contains(model.display_name, model.tinker_id));
      if (!model) throw new Skip('every display name contains the id');
      await expectFound(subject, escapeText(model.tinker_id), model);
    },
  },
  {
    id: 'search-display-name',
    title: 'A search for the display name of a model finds it.',
    async run(subject) {
      const models = await knownModels(subject);
      const model = models.find(
        (model) => model.display_name.trim() && !contains(model.tinker_id, model.display_name),
      );
      if (!model) throw new Skip('every id contains the display name');
      await expectFound(subject, escapeText(model.display_name), model);
    },
  },
  {
    id: 'search-all',
    title: 'A search that finds an id by its first word finds all ids that begin with it.',
    async run(subject) {
      const models = await knownModels(subject);
      const word = commonWord(models);
      const matches = models.filter((model) => firstWord(model) === word);
      if (matches.length < 2) throw new Skip('no word is in several ids');
      const page = await search(subject, escapeText(word));
      if (page.total === 0) throw new Skip('a search for one word finds nothing; see search-part');
      expectAmong(page, matches, `that match ${word}`);
    },
  },
  {
    id: 'search-unmatched',
    title: 'A search for text that occurs nowhere finds nothing.',
    async run(subject) {
      await knownModels(subject);
      expectNone(await search(subject, unmatched), 'the text occurs nowhere');
    },
  },
  {
    id: 'encoding-space',
    title: 'The escape %20 in a search is a space.',
    async run(subject) {
      const found = await needText(subject, (text) => text.includes(' '), 'has a space');
      await expectFound(subject, escapeText(found.text), found.model);
    },
  },
  {
    id: 'encoding-plus',
    title: 'The escape %2B in a search is a plus sign, not a space.',
    async run(subject) {
      const plus = await findText(subject, (text) => text.includes('+'));
      const space = await findText(subject, (text) => text.includes(' '));
      if (plus) await expectFound(subject, escapeText(plus.text), plus.model);
      else if (!space) throw new Skip('no id or display name has a plus sign or a space');
      if (space) {
        const wrong = escapeText(space.text.replaceAll(' ', '+'));
        await expectNotFound(subject, wrong, space.model, 'the plus signs were spaces');
      }
    },
  },
  {
    id: 'encoding-percent',
    title: 'Escapes in a search are decoded, and only once.',
    async run(subject) {
      const found = await findText(subject, (text) => text !== '');
      if (!found) throw new Skip('no model has a name');
      await expectFound(subject, escapeAll(found.text), found.model);
      const twice = escapeText(escapeAll(found.text));
      await expectNotFound(subject, twice, found.model, 'escapes were decoded twice');
    },
  },
  {
    id: 'encoding-unicode',
    title: 'A search takes Unicode as UTF-8, and finds it where a model has it.',
    async run(subject) {
      const found = await findText(subject, (text) => /[^\0-\x7f]/.test(text));
      if (found) await expectFound(subject, escapeText(found.text), found.model);
      const page = await search(subject, escapeText(unmatchedUnicode));
      expectNone(page, 'the text occurs nowhere');
    },
  },
];
