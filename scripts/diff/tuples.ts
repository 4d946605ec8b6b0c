/** Brings arrays with a schema for each place and arrays with one for all items into one form. */
import type { Branch, Place } from './schema.ts';

type Children = Branch['children'];

/** The schemas inside of two branches, so that what has the same key is about the same values. */
export function alignPlaces(base: Branch, revision: Branch): [Children, Children] {
  const count = Math.max(placesIn(base), placesIn(revision));
  if (count === 0) return [base.children, revision.children];
  // Where no more items come, or came, than there are places, nobody meets the schema of further ones.
  const further = [base, revision].every((branch) => mostItems(branch) > count);
  const align = (branch: Branch): Children => {
    const items = branch.children.get('items');
    const places: [string, Place][] = [];
    for (let index = 0; index < count; index += 1) {
      const place = branch.children.get(wayTo(index)) ?? items;
      if (place) places.push([wayTo(index), place]);
    }
    const others = [...branch.children].filter(([way]) => !isPlace(way) && (further || way !== 'items'));
    return new Map([...places, ...others]);
  };
  return [align(base), align(revision)];
}

const wayTo = (index: number) => `prefixItems/${index}`;
const isPlace = (way: string) => way.startsWith('prefixItems/');
const placesIn = ({ children }: Branch) => [...children.keys()].filter(isPlace).length;

function mostItems({ keywords }: Branch): number {
  const most = keywords.get('maxItems')?.value;
  return typeof most === 'number' ? most : Number.POSITIVE_INFINITY;
}
