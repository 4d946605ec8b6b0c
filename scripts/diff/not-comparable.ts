/** The error for something in a document that can't be compared, with its place. */

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
