/** Shows the page in the default browser, where there is somebody to look at it. */

export interface Surroundings {
  readonly isTerminal: boolean;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Whether a browser that is opened here would be seen: not in CI, in a pipe, over SSH, or without a display. */
export function canShowBrowser({ isTerminal, platform, environment }: Surroundings): boolean {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if (!isTerminal || isSet('CI')) return false;
  if (isSet('DISPLAY') || isSet('WAYLAND_DISPLAY')) return true;
  return platform !== 'linux' && !isSet('SSH_CONNECTION');
}

/** Never rejects: the address is on the screen anyway. */
export async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    (await open(url)).on('error', () => {});
  } catch {
    // No browser, or none that wants to.
  }
}
