/** The preview of the demo: its port, and its start over the lab. */
import { labClocks } from '../../servers/lab/lab-clocks.ts';
import { portBusy } from '../../servers/lab/lab-ports.ts';
import { choosePorts } from '../../servers/process/free-ports.ts';
import { type Preview, startPreview } from '../../src/preview/start-preview.ts';
import type { DemoLab } from './demo-lab.ts';

type Progress = (line: string) => void;

/** Easy to remember. */
const usualPort = 3010;

/** Chosen before anything starts, as what is generated links to the page: the usual one, where it is free. */
export async function choosePagePort(progress: Progress, wish: number = usualPort): Promise<number> {
  const [{ port, busy } = { port: 0, busy: undefined }] = await choosePorts([wish]);
  if (busy !== undefined) progress(portBusy(busy, 'the page', port));
  return port;
}

export async function startPage({ lab, controls }: DemoLab, port: number, progress: Progress): Promise<Preview> {
  return startPreview({
    prometheus: lab.prometheus.url,
    alertmanager: lab.alertmanager.url,
    folder: lab.folder,
    // Somebody else may have taken it while the page was built.
    port: await choosePagePort(progress, port),
    from: 'now-15m',
    refresh: '5s',
    scrapeIntervalSeconds: labClocks.scrapeSeconds,
    controls,
  });
}
