/** Turns names of a contract into identifiers and file names. */

/** Words that can't name a constant in a module (ECMA-262, section 12.7.2). */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
   false finally for function if implements import in instanceof interface let new null package private protected
   public return static super switch this throw true try typeof undefined var void while with yield`.split(
    /\s+/,
  ),
);

/** `get /users/{id}` becomes `get_users_id_`, `delete` becomes `delete_`. */
function toIdentifier(name: string): string {
  const plain = name.replace(/[^\w$]+/g, '_');
  if (!/^[A-Za-z_$]/.test(plain)) return `_${plain}`;
  return reserved.has(plain) ? `${plain}_` : plain;
}

/** File systems allow 255 bytes, and files have endings. */
const longest = 200;

/** Makes identifiers that differ in more than letter case, which many file systems ignore. */
export class UniqueNames {
  readonly #taken: Set<string>;

  /** @param taken names that are not given out */
  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken.map((name) => name.toLowerCase()));
  }

  add(name: string): string {
    const identifier = toIdentifier(name).slice(0, longest);
    let unique = identifier;
    for (let n = 2; this.#taken.has(unique.toLowerCase()); n++) unique = `${identifier}_${n}`;
    this.#taken.add(unique.toLowerCase());
    return unique;
  }
}
