/** A page on its way to bytes. One long string of it would be put together from its pieces only to be copied once more. */

/** UTF-8 takes no more for a unit of UTF-16. */
const mostBytesPerUnit = 3;
/** Pieces are written together: less often is cheaper, as long as they have not left the young generation. */
const batchUnits = 16_384;

export class Page {
  #bytes: Buffer;
  #length = 0;
  #batch = '';

  /** @param expectedBytes A longer page is copied when it grows. */
  constructor(expectedBytes: number) {
    this.#bytes = Buffer.allocUnsafe(expectedBytes + mostBytesPerUnit * batchUnits);
  }

  /** @param text Whole characters: a surrogate pair must not be split. */
  write(text: string): void {
    this.#batch += text;
    if (this.#batch.length >= batchUnits) this.#flush();
  }

  /** The end: nothing may be written after it. */
  finish(): Buffer {
    this.#flush();
    return this.#bytes.subarray(0, this.#length);
  }

  #flush(): void {
    const needed = this.#length + mostBytesPerUnit * this.#batch.length;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#bytes.write(this.#batch, this.#length);
    this.#batch = '';
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(needed + this.#bytes.length);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
