/** Aligns arrays that have a schema for each position with arrays that have one for all items. */
import type { Branch, WrittenSchema } from './schema.ts';

type Children = Branch['children'];

/** The children of two branches, with a schema at every position that either of them has one for. */
export function alignItems(base: Branch, revision: Branch): [Children, Children] {
  const count = Math.max(positionsOf(base), positionsOf(revision));
  if (count === 0) return [base.children, revision.children];
  // `items` makes no difference where `maxItems` allows no further items.
  const further = [base, revision].every((branch) => mostItems(branch) > count);
  const align = (branch: Branch): Children => {
    const items = branch.children.get('items');
    const positions: [string, WrittenSchema][] = [];
    for (let index = 0; index < count; index += 1) {
      const path = `prefixItems/${index}`;
      const schema = branch.children.get(path) ?? items;
      if (schema) positions.push([path, schema]);
    }
    const others = [...branch.children].filter(
      ([path]) => !isPosition(path) && (further || path !== 'items'),
    );
    return new Map([...positions, ...others]);
  };
  return [align(base), align(revision)];
}

const isPosition = (path: string) => path.startsWith('prefixItems/');
const positionsOf = ({ children }: Branch) => [...children.keys()].filter(isPosition).length;

function mostItems({ keywords }: Branch): number {
  const most = keywords.get('maxItems')?.value;
  return typeof most === 'number' ? most : Number.POSITIVE_INFINITY;
}
