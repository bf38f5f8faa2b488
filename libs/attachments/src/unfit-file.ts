/** What a browser sent is no file that can be taken, whatever its content is. */
export class UnfitFile extends Error {
  constructor(readonly why: 'empty' | 'too-large') {
    super(`the file is ${why}`);
    this.name = 'UnfitFile';
  }
}
