/** The preview server's own answers. */
import type { Dashboard } from '@grafana/schema';
import type { Control, PreviewInfo } from '../../../src/preview/answers.ts';

export const fetchInfo = (): Promise<PreviewInfo> => fetchJson('/api/preview');

export const fetchDashboard = (uid: string, init?: RequestInit): Promise<Dashboard> =>
  fetchJson(`/api/dashboards/${encodeURIComponent(uid)}`, init);

export const fetchRunbook = async (path: string, init?: RequestInit): Promise<string> =>
  (await fetchOk(`/api/runbooks/${path.split('/').map(encodeURIComponent).join('/')}`, init)).text();

export const fetchControls = (init?: RequestInit): Promise<readonly Control[]> => fetchJson('/api/controls', init);

export const switchControl = (name: string, on: boolean): Promise<Control> =>
  fetchJson(`/api/controls/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on }),
  });

export async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  return (await fetchOk(path, init)).json() as Promise<T>;
}

/** @throws with the server's own sentence when the status says that it could not be done */
export async function fetchOk(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetchAnswer(path, init);
  if (response.ok) return response;
  const text = await response.text();
  const error = new Error(sentenceOf(text) ?? `${path} was answered with ${response.status}`);
  throw Object.assign(error, { name: unreachableStatuses.has(response.status) ? upstreamGone : refused });
}

const serverGone = 'ServerGone';
const upstreamGone = 'UpstreamGone';
const refused = 'Refused';

/** What the preview server says when it cannot reach whom it asks. */
const unreachableStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether nobody answered at all: the preview server itself has stopped. */
export const isServerGone = (error: Error): boolean => error.name === serverGone;

/** Whether who was asked could not be reached; else it was, and did not want to answer. */
export const isUnreachable = (error: Error): boolean => error.name !== refused;

async function fetchAnswer(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (init?.signal?.aborted === true) throw cause;
    const error = new Error('The preview server does not answer: has "telltale preview" ended?', { cause });
    throw Object.assign(error, { name: serverGone });
  }
}

function sentenceOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
