import { describe, expect, it } from 'vitest';
import { layOut } from '../../preview/src/dashboard/grid/layout.ts';
import { findPanel, sectionsOf } from '../../preview/src/dashboard/grid/sections.ts';

type Panels = Parameters<typeof layOut>[0];
type Dashboard = Parameters<typeof sectionsOf>[0];

const at = (id: number, x: number, y: number, w: number, h: number, type = 'timeseries'): Panels[number] => ({
  id,
  type,
  gridPos: { x, y, w, h },
});

describe('layOut()', () => {
  it('puts panels where Grafana does: 24 columns, cells of 30 pixels, gaps of 8', () => {
    const { boxes, height } = layOut([at(1, 0, 5, 12, 8), at(2, 12, 5, 12, 8)], 1568);
    expect(boxes.map(({ box }) => box)).toEqual([
      { left: 0, top: 0, width: 780, height: 296 },
      { left: 788, top: 0, width: 780, height: 296 },
    ]);
    expect(height).toBe(296);
  });

  it('stacks panels in reading order where the page is narrow', () => {
    const { boxes, height } = layOut([at(2, 12, 0, 12, 8), at(1, 0, 0, 4, 4, 'stat')], 360);
    expect(boxes).toEqual([
      { panel: at(1, 0, 0, 4, 4, 'stat'), box: { left: 0, top: 0, width: 360, height: 106 } },
      { panel: at(2, 12, 0, 12, 8), box: { left: 0, top: 114, width: 360, height: 296 } },
    ]);
    expect(height).toBe(410);
  });

  it('keeps every panel within the width', () => {
    for (const width of [768, 1024, 1337, 1920]) {
      for (const { box } of layOut([at(1, 0, 0, 8, 8), at(2, 8, 0, 8, 8), at(3, 16, 0, 8, 8)], width).boxes) {
        expect(box.left + box.width).toBeLessThanOrEqual(width);
      }
    }
  });
});

describe('sectionsOf()', () => {
  const inside = at(11, 0, 2, 24, 8);
  const dashboard = {
    schemaVersion: 42,
    panels: [
      at(1, 0, 0, 24, 4),
      { id: 2, type: 'row', collapsed: false, panels: [] },
      at(3, 0, 5, 24, 4),
      { id: 10, type: 'row', collapsed: true, panels: [inside] },
      at(12, 0, 11, 24, 4),
    ],
  } as unknown as Dashboard;

  it('gives an open row what follows it, and a closed one what it holds', () => {
    const ids = sectionsOf(dashboard).map(({ row, panels }) => [row?.id, panels.map(({ id }) => id)]);
    expect(ids).toEqual([
      [undefined, [1]],
      [2, [3]],
      [10, [11]],
      [undefined, [12]],
    ]);
  });

  it('lets a panel of a closed row be found', () => {
    expect(findPanel(dashboard, 11)).toEqual(inside);
  });
});
