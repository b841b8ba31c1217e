import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { topOf, type Picture } from '../../scripts/png/picture.ts';
import { readPng } from '../../scripts/png/read-png.ts';
import { writePng } from '../../scripts/png/write-png.ts';

/** A PNG of RGB pixels whose rows are given with their filter and its differences. */
function pngOf(width: number, rows: readonly (readonly number[])[], type = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, type], 8);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}

function numbered(count: number): Uint8Array {
  return Uint8Array.from({ length: 3 * count }, (_, index) => (index % 3 === 2 ? Math.floor(index / 3) % 256 : 0));
}

/** A picture of the palette kind, read back with nothing but its two tables. */
function readPalette(file: Buffer): number[] {
  const at = (name: string): Buffer => {
    const start = file.indexOf(name);
    return file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4));
  };
  const palette = at('PLTE');
  const width = at('IHDR').readUInt32BE(0);
  const indexes = [...inflateSync(at('IDAT'))].filter((_, index) => index % (width + 1) !== 0);
  return indexes.flatMap((index) => [...palette.subarray(3 * index, 3 * index + 3)]);
}

describe('readPng()', () => {
  it('undoes each filter of a row', () => {
    const first = [10, 20, 30, 40, 50, 60];
    const rows = [
      [0, ...first],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 0, 0, 0],
    ];
    expect(readPng(pngOf(2, rows))).toEqual({
      width: 2,
      height: 5,
      rgb: Uint8Array.from([first, first, first, first.with(0, 10), first].flat()),
    });
  });

  it('drops transparency', () => {
    expect(readPng(pngOf(1, [[0, 1, 2, 3, 255]], 6))).toEqual({ width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) });
  });

  it('refuses what it cannot read', () => {
    expect(() => readPng(pngOf(1, [[0, 1]], 0))).toThrow('Cannot read the picture as a PNG');
  });
});

describe('writePng()', () => {
  it('keeps every colour of a picture with few', () => {
    const rgb = numbered(256);
    expect(readPalette(writePng({ width: 16, height: 16, rgb }))).toEqual([...rgb]);
  });

  it('gives the rarest colours of a picture with many the nearest that is kept', () => {
    const often = numbered(256);
    const picture: Picture = { width: 16, height: 33, rgb: Uint8Array.from([...often, ...often, ...rare()]) };
    expect(readPalette(writePng(picture)).slice(-6)).toEqual([0, 0, 7, 0, 0, 9]);
  });
});

/** A row of colours that are kept, but for two. */
function rare(): number[] {
  return [...Array.from({ length: 14 }, () => [0, 0, 0]).flat(), 1, 0, 7, 0, 2, 9];
}

describe('topOf()', () => {
  it('cuts a picture below a height, and leaves a lower one as it is', () => {
    const picture: Picture = { width: 1, height: 2, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(topOf(picture, 1)).toEqual({ width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) });
    expect(topOf(picture, 5)).toEqual(picture);
  });
});
