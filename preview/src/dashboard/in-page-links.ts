/** Follows links to pages of this preview without loading it anew, wherever Grafana's components draw them. */
import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';

export function useInPageLinks(): void {
  useEffect(() => {
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);
}

function follow(event: MouseEvent): void {
  const wantsOtherTab = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || wantsOtherTab || !(event.target instanceof Element)) return;
  const link = event.target.closest('a');
  const address = link?.getAttribute('href');
  if (link === null || link.target === '_blank' || !address?.startsWith('/')) return;
  event.preventDefault();
  navigate(address);
}
