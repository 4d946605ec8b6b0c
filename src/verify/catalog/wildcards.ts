/** Checks that a search looks for its text as it is: no patterns, no likenesses, no words on their own. */
import type { Check } from '../check.ts';
import type { Subject } from '../subject.ts';
import { Skip } from '../verdict.ts';
import { escapeText } from '../write-parameter.ts';
import { expectNone, expectOnly, knownModels, type Model } from './pages.ts';
import { search } from './search.ts';
import { contains, findText, textsOf } from './texts.ts';

/** Holds a search to give only models that have the text, letter by letter. */
async function expectLiteral(subject: Subject, text: string): Promise<void> {
  const page = await search(subject, escapeText(text));
  const fits = (model: Model) => textsOf(model).some((each) => contains(each, text.trim()));
  expectOnly(page, fits, `with the text ${text}`);
}

/** Texts that find something only where a character of theirs stands for others: in SQL, in shells, in patterns. */
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
      const found = await findText(subject, (text) => /^[\w./ -]{4,}$/.test(text));
      if (!found) throw new Skip('no id or display name has four plain characters');
      for (const text of wildcardsIn(found.text)) {
        if (models.some((model) => textsOf(model).some((each) => contains(each, text)))) continue;
        await expectLiteral(subject, text);
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
      // What stands in other fields is no part of a name.
      const elsewhere = models.flatMap(({ type, family, supported_algorithms: [algorithm = ''] }) => [
        [type, family, algorithm],
      ]);
      for (const field of [0, 1, 2]) {
        const values = elsewhere.map((fields, at) => ({ value: fields[field] as string, at }));
        const told = values.find(
          ({ value, at }) =>
            value.trim() && !textsOf(models[at] as Model).some((text) => contains(text, value)),
        );
        if (told) await expectLiteral(subject, told.value);
      }
      // The same words the other way round are another text.
      const turned = words?.split(' ').reverse().join(' ');
      if (turned) await expectLiteral(subject, turned);
    },
  },
  {
    id: 'search-lookalikes',
    title: 'Characters that look alike are other characters to a search.',
    async run(subject) {
      const found = await findText(subject, (text) => /^[\w./ -]{3,}$/.test(text) && /[a-z]/i.test(text));
      if (!found) throw new Skip('no id or display name has three plain characters');
      const wide = found.text.replace(/[!-~]/g, (c) =>
        String.fromCodePoint((c.codePointAt(0) as number) + 0xfee0),
      );
      expectNone(await search(subject, escapeText(wide)), 'the text occurs nowhere');
      const accented = found.text.replace(/[a-z]/i, (letter) => `${letter}\u0301`);
      expectNone(await search(subject, escapeText(accented)), 'the text occurs nowhere');
    },
  },
];
