/** What the demo shows: the lab with short waits, gentle traffic and switches. */
import { startTraffic } from '../../examples/traffic.ts';
import { startLab, type Lab, type LabOptions } from '../../servers/lab/lab.ts';
import type { Controls } from '../../src/preview/controls.ts';
import { demoControls } from './controls.ts';
import { demoConfig, inboxSecret } from './demo-config.ts';

export interface DemoLab {
  readonly lab: Lab;
  readonly controls: Controls;
  stop(): Promise<void>;
}

export interface DemoLabOptions extends Omit<LabOptions, 'config' | 'secrets'> {
  /** Where the preview is, or will be: links of alerts and panels lead there. */
  readonly page: string;
  /** Where notifications are sent. */
  readonly inbox: string;
  /** At the busiest time. @default 20 */
  readonly requestsPerSecond?: number;
}

export async function startDemoLab({
  page,
  inbox,
  requestsPerSecond = 20,
  ...options
}: DemoLabOptions): Promise<DemoLab> {
  const lab = await startLab({ ...options, config: demoConfig(page), secrets: { [inboxSecret]: inbox } });
  const { api, payments } = lab.services;
  const traffic = startTraffic({ api: api.url, payments: payments.url, requestsPerSecond, pattern: 'gentle' });
  return {
    lab,
    controls: demoControls(lab.services),
    stop: async () => {
      await traffic.stop();
      await lab.stop();
    },
  };
}
