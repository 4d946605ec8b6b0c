/** Checks that each filter keeps the models it should, alone and with others. */
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../../generated/values.ts';
import { Failure, Skip } from '../finding.ts';
import type { Check } from '../subject.ts';
import { must, should } from './check.ts';
import { type Member, membersOf, narrowing, sizesOf, someOf } from './choose.ts';
import { expectMeant, knownCatalog, maximum } from './pages.ts';

/** Those of the contract are asked for, too: a server may hide models until then. */
const listed: Readonly<Record<Member, readonly string[]>> = {
  family: TrainingModel_family,
  algorithm: TrainingModel_supported_algorithms,
};

function memberCheck(name: Member): Check {
  return must(name, name, `Filter ${name}: the models that have it, all and only.`, async (subject) => {
    const catalog = await knownCatalog(subject);
    const values = membersOf(catalog.models, name);
    let sum = 0;
    for (const value of new Set([...someOf(values), ...listed[name], ...lookalikesOf(values)])) {
      const page = await expectMeant(subject, { [name]: value, limit: maximum }, catalog);
      sum += page.total;
      // This shows hidden models of a catalog that does not fit on a page, too: a model has one family.
      if (name === 'family' && sum > catalog.total) {
        throw new Failure(
          page.answer,
          `no more than ${catalog.total} models of all families together`,
          `${sum} models`,
        );
      }
    }
  });
}

/** Values that no model has, and that match if a server compares parts or patterns, or means more by a name. */
function lookalikesOf(values: readonly string[]): string[] {
  const [longest = 'none'] = [...values].sort((a, b) => b.length - a.length);
  const parts = [longest.slice(0, 1), longest.slice(0, -1), longest.slice(1), `${longest}x`];
  const patterns = ['%', '*', ...['_', '.'].map((mask) => longest.slice(0, 1) + mask + longest.slice(2))];
  return ['no-such-value', 'all', 'constructor', ...parts, ...patterns].filter(
    (value) => value.trim() !== '',
  );
}

function boundCheck(id: string, name: 'min_size_b' | 'max_size_b', direction: 'larger' | 'smaller'): Check {
  return must(id, name, `Filter ${name}: that size and ${direction}, all and only.`, async (subject) => {
    const catalog = await knownCatalog(subject);
    const sizes = sizesOf(catalog.models);
    const isMin = direction === 'larger';
    // A server that keeps sizes in single precision finds these outside of a bound of the same value.
    const rounded = sizes.filter((size) => (isMin ? Math.fround(size) < size : Math.fround(size) > size));
    const [middle = 1] = sizes.slice(Math.floor(sizes.length / 2));
    // Just beyond a size: a server that rounds or cuts decimals keeps the models of that size.
    const beyond = Number((isMin ? middle + 0.01 : middle - 0.01).toFixed(3));
    const bounds = [...someOf(sizes), ...rounded.slice(0, 1), beyond, 0, -1, (sizes.at(-1) ?? 1) + 1];
    for (const bound of new Set(bounds))
      await expectMeant(subject, { [name]: bound, limit: maximum }, catalog);
  });
}

export const filterChecks: Check[] = [
  memberCheck('family'),
  memberCheck('algorithm'),
  boundCheck('min-size', 'min_size_b', 'larger'),
  boundCheck('max-size', 'max_size_b', 'smaller'),
  must(
    'filters-combine',
    'family',
    'Filters together keep the models that fit each of them.',
    async (subject) => {
      const catalog = await knownCatalog(subject);
      const queries = narrowing(catalog.models);
      if (queries.length === 0) throw new Skip('no two filters narrow each other');
      for (const query of queries) await expectMeant(subject, { ...query, limit: maximum }, catalog);
    },
  ),
  should('members-exact', 'members', 'A family or an algorithm matches as a whole.', async (subject) => {
    const catalog = await knownCatalog(subject);
    for (const name of ['family', 'algorithm'] as const) {
      const values = membersOf(catalog.models, name);
      const [first = 'none', second = 'none'] = values.filter((value) => value.trim() !== '');
      for (const value of [
        first.toUpperCase(),
        first.toLowerCase(),
        `${first},${second}`,
        ` ${first} `,
        '',
      ]) {
        await expectMeant(subject, { [name]: value, limit: maximum }, catalog);
      }
    }
  }),
  should(
    'sizes-crossed',
    'sizes',
    'A lower bound above the upper one gives an empty list.',
    async (subject) => {
      const catalog = await knownCatalog(subject);
      const sizes = sizesOf(catalog.models);
      const crossed = { min_size_b: sizes.at(-1) ?? 1, max_size_b: sizes[0] ?? 1 };
      if (sizes.length < 2) throw new Skip('all models are of one size');
      await expectMeant(subject, { ...crossed, limit: maximum }, catalog);
    },
  ),
];
