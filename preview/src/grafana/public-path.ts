/** Where Grafana's components look for their icons: must be set before the first of them is drawn. */
declare global {
  interface Window {
    __grafana_public_path__?: string;
  }
}

window.__grafana_public_path__ = '/public/';
export {};
