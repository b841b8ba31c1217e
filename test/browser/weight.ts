/** What a dashboard loads before it shows anything. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Live } from './live-preview.ts';
import { openAll } from './panels.ts';
import { newVisit } from './visit.ts';

const mostBytes = 700_000;

export function weight(live: Live): void {
  describe('the scripts and styles of a dashboard', () => {
    it('are at most 700 kB, compressed', async () => {
      const { page, responses } = await newVisit(live());
      await openAll(page, 'telltale-api');
      const loaded = responses.filter((response) => /\.(?:js|css)$/.test(new URL(response.url()).pathname));
      const sizes = await Promise.all(loaded.map(async (response) => gzipSync(await response.body()).length));
      expect(sizes.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes);
    });
  });
}
