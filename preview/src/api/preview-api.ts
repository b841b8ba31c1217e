/** The preview server's own answers. */
import type { Dashboard } from '@grafana/schema';
import type { Control, PreviewInfo } from '../../../src/preview/answers.ts';

export const fetchInfo = (): Promise<PreviewInfo> => fetchJson('/api/preview');

export const fetchDashboard = (uid: string): Promise<Dashboard> =>
  fetchJson(`/api/dashboards/${encodeURIComponent(uid)}`);

export const fetchRunbook = async (path: string): Promise<string> =>
  (await fetchOk(`/api/runbooks/${path.split('/').map(encodeURIComponent).join('/')}`)).text();

export const fetchControls = (): Promise<readonly Control[]> => fetchJson('/api/controls');

export const switchControl = (name: string, on: boolean): Promise<Control> =>
  fetchJson(`/api/controls/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on }),
  });

async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  return (await fetchOk(path, init)).json() as Promise<T>;
}

/** @throws with the server's own sentence when the status says that it could not be done */
export async function fetchOk(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const text = await response.text();
  throw new Error(sentenceOf(text) ?? `${path} was answered with ${response.status}`);
}

function sentenceOf(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
