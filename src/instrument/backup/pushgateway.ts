/** A backup's metrics in a Pushgateway. https://github.com/prometheus/pushgateway#url */
import { TelltaleError } from '../../errors.ts';
import { type BackupIdentity, type BackupStore, expositionOf, valuesIn } from './values.ts';

export interface Pushgateway {
  /** Its address, with the path it is served under if any: `http://pushgateway:9091`. */
  readonly url: string;
  /** Sent with each request. @example { authorization: `Bearer ${token}` } */
  readonly headers?: Readonly<Record<string, string>>;
}

const timeoutMillis = 10_000;
const job = 'telltale_backup';

/** One group per service and backup: replaced as a whole, and kept until somebody deletes it. */
export function pushgatewayStore({ url, headers = {} }: Pushgateway, identity: BackupIdentity): BackupStore {
  const base = url.replace(/\/+$/, '');
  const { backup, service } = identity;
  const group = `${base}/metrics/job/${job}/service/${service}/backup/${backup}`;
  const send = async (address: string, init: RequestInit = {}): Promise<string> => {
    const signal = AbortSignal.timeout(timeoutMillis);
    const response = await fetch(address, { ...init, headers, signal });
    const text = await response.text();
    if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text.trim()}`);
    return text;
  };
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new TelltaleError('TELLTALE_WRITE', `Cannot ${what} the metrics of backup "${backup}": ${base}`, {
        fix: 'see that it is the address of a Pushgateway, and reachable from here',
        cause: error,
      });
    }
  };
  return {
    // Where this fails nothing is written, as that would take away what is known of the last success.
    read: () => attempt('read', async () => valuesIn(await send(`${base}/metrics`), identity)),
    write: (values) =>
      attempt('push', async () => void (await send(group, { method: 'PUT', body: expositionOf(identity, values) }))),
  };
}
