/** What a browser sent is no file that can be taken, by its size alone. */
export class UnfitFile extends Error {
  constructor(readonly why: 'empty' | 'too-large') {
    super(`the file is ${why}`);
    this.name = 'UnfitFile';
  }
}
