/** Checks that a search takes its text literally: no patterns, no similar characters, no single words. */
import type { Check } from '../check.ts';
import type { Subject } from '../subject.ts';
import { escapeText } from '../write-parameter.ts';
import { expectNone, expectOnly, knownModels, type Model } from './pages.ts';
import { search } from './search.ts';
import { mentions, needText, textsOf } from './texts.ts';

/** Fails if a search finds a model without the text. */
async function expectLiteral(subject: Subject, text: string): Promise<void> {
  const page = await search(subject, escapeText(text));
  expectOnly(page, (model) => mentions(model, text.trim()), `with the text ${text}`);
}

/** Texts that match this one only as patterns: of SQL, of shells, or regular expressions. */
function wildcardsIn(text: string): string[] {
  const characters = [...text];
  const middle = Math.floor(characters.length / 2);
  const replaced = (by: string) => characters.with(middle, by).join('');
  const [first, last] = [characters[0], characters.at(-1)];
  return [
    `${first}%${last}`,
    replaced('_'),
    replaced('.'),
    `${first}*${last}`,
    `${first}.*${last}`,
    replaced('?'),
  ];
}

export const literalChecks: Check[] = [
  {
    id: 'search-wildcards',
    title: 'A search takes %, _, ., * and ? for what they are.',
    async run(subject) {
      const models = await knownModels(subject);
      for (const wildcard of ['%', '_', '*', '.']) await expectLiteral(subject, wildcard);
      const found = await needText(
        subject,
        (text) => /^[\w./ -]{4,}$/.test(text),
        'has four plain characters',
      );
      for (const text of wildcardsIn(found.text)) {
        if (!models.some((model) => mentions(model, text))) await expectLiteral(subject, text);
      }
    },
  },
  {
    id: 'search-only',
    title: 'A search finds only models that have the whole text in their id or display name.',
    async run(subject) {
      const models = await knownModels(subject);
      const all = models.flatMap(textsOf).map((text) => text.trim());
      const words = all.find((text) => /^\S+( \S+)+$/.test(text));
      const texts = [models[0]?.tinker_id.trim(), models.at(-1)?.tinker_id.trim(), words];
      for (const text of new Set(texts)) if (text) await expectLiteral(subject, text);
      // A search does not compare with other fields.
      const otherFields: ((model: Model) => string)[] = [
        ({ type }) => type,
        ({ family }) => family,
        ({ supported_algorithms: [algorithm = ''] }) => algorithm,
      ];
      for (const fieldOf of otherFields) {
        const model = models.find((each) => fieldOf(each).trim() && !mentions(each, fieldOf(each)));
        if (model) await expectLiteral(subject, fieldOf(model));
      }
      // The same words in another order are another text.
      const reversed = words?.split(' ').reverse().join(' ');
      if (reversed) await expectLiteral(subject, reversed);
    },
  },
  {
    id: 'search-lookalikes',
    title: 'Characters that look alike are other characters to a search.',
    async run(subject) {
      const found = await needText(
        subject,
        (text) => /^[\w./ -]{3,}$/.test(text) && /[a-z]/i.test(text),
        'has three plain characters',
      );
      // The full-width form of each ASCII character.
      const wide = found.text.replace(/[!-~]/g, (c) =>
        String.fromCodePoint((c.codePointAt(0) as number) + 0xfee0),
      );
      expectNone(await search(subject, escapeText(wide)), 'the text occurs nowhere');
      const accented = found.text.replace(/[a-z]/i, (letter) => `${letter}\u0301`);
      expectNone(await search(subject, escapeText(accented)), 'the text occurs nowhere');
    },
  },
];
