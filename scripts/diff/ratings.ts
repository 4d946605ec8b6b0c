/** Holds every rating in which this project departs from `redocly diff`, each with its reason. */

export const impacts = ['patch', 'minor', 'major'] as const;
export type Impact = (typeof impacts)[number];

/** A change as `redocly diff --format json` reports it. */
export interface RedoclyChange {
  /** JSON pointer to the node, from the top of the document through the operation. */
  path: string;
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  impact: Impact;
  /** Of a modified node: the keyword that changed; `key` where the node's own name did. */
  property?: string;
  /** Absent where the node, or the keyword, is new. */
  base?: { pointer: string; value?: unknown };
  /** Absent where the node, or the keyword, is gone. */
  revision?: { pointer: string; value?: unknown };
  /** The rules that found something, as sentences. */
  verdicts: { ruleId: string; message: string }[];
}

interface Override {
  why: string;
  impact: Impact;
  applies(change: RedoclyChange): boolean;
}

/** Schema keywords that do not decide which values are valid. */
const annotations =
  /^(?:title|description|default|deprecated|examples?|externalDocs|readOnly|writeOnly|xml|\$comment|x-.*)$/;

const inResponse = ({ path }: RedoclyChange) => /^#\/paths\/[^/]+\/[^/]+\/responses\//.test(path);
const isSchemaChange = ({ typeName, kind }: RedoclyChange) => typeName === 'Schema' && kind === 'modified';

/** The first one that applies counts. */
export const overrides: Override[] = [
  {
    why: 'a call that leaves the parameter out gets another answer',
    impact: 'major',
    applies: (change) => isSchemaChange(change) && change.property === 'default' && !inResponse(change),
  },
  {
    why: 'an absent property means something else now',
    impact: 'major',
    applies: (change) =>
      isSchemaChange(change) && change.property === 'default' && change.base?.value !== undefined,
  },
  {
    why: 'an absent property has a meaning now',
    impact: 'minor',
    applies: (change) => isSchemaChange(change) && change.property === 'default',
  },
  {
    why: 'clients read values newer than the contract, so callers do not break',
    impact: 'minor',
    applies: (change) =>
      isSchemaChange(change) &&
      inResponse(change) &&
      change.property === 'enum' &&
      change.base?.value !== undefined &&
      change.revision?.value !== undefined,
  },
  {
    why: 'callers handle an error that no longer comes, and lose nothing',
    impact: 'minor',
    applies: ({ typeName, kind, property, path, base }) => {
      if (typeName !== 'Response' || kind === 'added') return false;
      const status = kind === 'removed' ? path.split('/').at(-1) : property === 'key' && base?.value;
      return /^(?:[45]..|default)$/.test(String(status));
    },
  },
  {
    why: 'an example shows what was true before',
    impact: 'patch',
    applies: ({ typeName }) => typeName.startsWith('Example'),
  },
  {
    why: 'to be planned for: callers should move away from it',
    impact: 'minor',
    applies: ({ property, revision }) => property === 'deprecated' && revision?.value === true,
  },
  {
    why: 'more is accepted, or more is promised, than before',
    impact: 'minor',
    applies: (change) =>
      isSchemaChange(change) && change.impact === 'patch' && !annotations.test(change.property ?? ''),
  },
  {
    why: 'callers may leave out what they had to send',
    impact: 'minor',
    applies: ({ typeName, impact, property }) =>
      impact === 'patch' &&
      (typeName === 'SecurityRequirement' || (typeName === 'Parameter' && property === 'required')),
  },
];
