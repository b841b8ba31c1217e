import { describe, expect, it } from 'vitest';
import { nextShown } from '../../preview/src/panels/shown-series.ts';

const allNames = (): string[] => ['p50', 'p95', 'p99'];

describe('nextShown()', () => {
  it('shows a series alone that was clicked, and all again when it is clicked again', () => {
    expect(nextShown({ before: undefined, label: 'p95', mode: 'select', allNames })).toEqual(['p95']);
    expect(nextShown({ before: ['p95'], label: 'p95', mode: 'select', allNames })).toBeUndefined();
  });

  it('hides a series that was clicked with Ctrl, and shows it again', () => {
    expect(nextShown({ before: undefined, label: 'p95', mode: 'append', allNames })).toEqual(['p50', 'p99']);
    expect(nextShown({ before: ['p50', 'p99'], label: 'p95', mode: 'append', allNames })).toBeUndefined();
  });

  it('shows all rather than none', () => {
    expect(nextShown({ before: ['p95'], label: 'p95', mode: 'append', allNames })).toBeUndefined();
  });
});
