/** Reads the PNGs that browsers write: eight bits a channel, not interlaced. Source: https://www.w3.org/TR/png-3/ */
import { inflateSync } from 'node:zlib';
import { TelltaleError } from '../../src/errors.ts';
import type { Picture } from './picture.ts';

/** Channels by colour type: RGB, and RGB with transparency, which is dropped. */
const channelsByType: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

export function readPng(file: Buffer): Picture {
  const chunks = chunksOf(file);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  const channels = channelsByType[header?.[9] ?? -1];
  if (header === undefined || channels === undefined || header[8] !== 8 || header[12] !== 0) throw unreadable();
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const bytes = unfilter(inflateSync(packed), width * channels, channels);
  return { width, height, rgb: channels === 3 ? bytes : withoutTransparency(bytes) };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 8 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Each row begins with the number of its filter: what each byte is the difference to. */
function unfilter(filtered: Buffer, rowBytes: number, step: number): Uint8Array {
  const rows = filtered.length / (rowBytes + 1);
  const bytes = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const predict = predictors[filtered[row * (rowBytes + 1)] ?? -1];
    if (predict === undefined) throw unreadable();
    for (let column = 0; column < rowBytes; column += 1) {
      const at = row * rowBytes + column;
      const left = column < step ? 0 : (bytes[at - step] ?? 0);
      const up = row === 0 ? 0 : (bytes[at - rowBytes] ?? 0);
      const upLeft = row === 0 || column < step ? 0 : (bytes[at - rowBytes - step] ?? 0);
      bytes[at] = (filtered[row * (rowBytes + 1) + 1 + column] ?? 0) + predict(left, up, upLeft);
    }
  }
  return bytes;
}

type Predict = (left: number, up: number, upLeft: number) => number;

const predictors: readonly Predict[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => Math.floor((left + up) / 2),
  paeth,
];

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

function withoutTransparency(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let pixel = 0; pixel * 4 < rgba.length; pixel += 1) rgb.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  return rgb;
}

function unreadable(): TelltaleError {
  return new TelltaleError(
    'TELLTALE_OPTION',
    'Cannot read the picture as a PNG of 8 bits, RGB or RGBA, not interlaced',
  );
}
