/** Runbooks: reached from an alert, drawn as what they are, and harmless whoever wrote them. */
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Live } from './live-preview.ts';
import { patience } from './panels.ts';
import { newVisit } from './visit.ts';

const alert = 'HighErrorRate';

/** What would show up in the page, as a global or an element, if any of it were taken as HTML. */
const hostile = `# Hostile

<script>window.ran = 'script'</script>
<img src="x" onerror="window.ran = 'onerror'">
<iframe srcdoc="<script>parent.ran = 'iframe'</script>"></iframe>

[a script](javascript:window.ran='link') [another]( java&#115;cript:window.ran='entity') [data](data:text/html,<script>1</script>)

![an image](javascript:window.ran='image) <svg onload="window.ran = 'svg'"></svg>

[a page](README.md)
`;

export function runbooks(live: Live): void {
  describe('a runbook', () => {
    it('opens from its alert, with every heading of its text', async () => {
      const { page } = await newVisit(live());
      await page.goto('/');
      await page.locator(`[data-alert="${alert}"]`).getByRole('link', { name: alert, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: alert }).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/runbooks/alerts/${alert}.md`);
      const headings = await page.getByRole('article').locator('h1, h2, h3, h4').allInnerTexts();
      const text = readFileSync(join(live().lab.folder, 'runbooks/alerts', `${alert}.md`), 'utf8');
      expect(headings).toEqual(headingsIn(text));
    });

    it('shows hostile text as text, and runs nothing of it', async () => {
      const file = join(live().lab.folder, 'runbooks/hostile.md');
      await writeFile(file, hostile);
      onTestFinished(() => rm(file));
      const { page, troubles, origins } = await newVisit(live());
      await page.goto('/runbooks/hostile.md');
      const article = page.getByRole('article');
      await expect.poll(() => article.innerText(), patience).toContain(`<script>window.ran = 'script'</script>`);
      expect(await page.evaluate('typeof window.ran')).toBe('undefined');
      expect(await article.locator('script, img, iframe, svg, object, embed, form').count()).toBe(0);
      const links = await article.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      expect(links).toEqual(['/runbooks/README.md']);
      expect(troubles).toEqual([]);
      expect([...origins]).toEqual([live().url]);
    });
  });
}

/** Those outside of code. */
function headingsIn(markdown: string): string[] {
  const text = markdown.replaceAll(/^```[^]*?^```/gm, '');
  return [...text.matchAll(/^#{1,4} (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('`', '').trim());
}
