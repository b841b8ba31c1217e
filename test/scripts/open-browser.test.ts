import { expect, it } from 'vitest';
import { canShowBrowser, type Surroundings } from '../../scripts/demo/open-browser.ts';

const desk: Surroundings = { isTerminal: true, platform: 'linux', environment: { DISPLAY: ':0' } };

it.each<[boolean, string, Partial<Surroundings>]>([
  [true, 'a desktop with X', {}],
  [true, 'a desktop with Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
  [true, 'a Mac', { platform: 'darwin', environment: {} }],
  [true, 'SSH with a forwarded display', { environment: { SSH_CONNECTION: '10.0.0.1', DISPLAY: 'localhost:10' } }],
  [false, 'no display', { environment: {} }],
  [false, 'SSH to a Mac', { platform: 'darwin', environment: { SSH_CONNECTION: '10.0.0.1' } }],
  [false, 'CI', { environment: { DISPLAY: ':0', CI: 'true' } }],
  [false, 'a pipe', { isTerminal: false }],
])('canShowBrowser() is %s for %s', (shown, _what, changed) => {
  expect(canShowBrowser({ ...desk, ...changed })).toBe(shown);
});
