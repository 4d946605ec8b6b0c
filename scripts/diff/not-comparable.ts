/** Something in a document that can't be compared, and where it is. */

export class NotComparable extends Error {
  override name = 'NotComparable';
  readonly document: object;
  readonly pointer: string;

  constructor(document: object, pointer: string, message: string) {
    super(message);
    this.document = document;
    this.pointer = pointer;
  }
}
