import { describe, expect, it } from 'vitest';
import { type Image, images } from '../../src/stack/images.ts';

const minorOf = (version: string): string | undefined => /^v?(\d+\.\d+)\./.exec(version)?.[1];

describe('images', () => {
  it('are pinned to a version', () => {
    expect(Object.values<Image>(images).filter(({ tag }) => minorOf(tag) === undefined)).toEqual([]);
  });

  it('differ from the tested version by a patch, or say why', () => {
    const silent = Object.entries<Image>(images).filter(
      ([, { tag, tested, reason }]) => minorOf(tag) !== minorOf(tested ?? '') && reason === undefined,
    );
    expect(silent).toEqual([]);
  });
});
