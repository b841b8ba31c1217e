/** The title in the tab. */
import { useEffect } from 'react';

const product = 'Telltale';

/** @param title of the page; the product's name is put behind it unless it begins with it */
export function usePageTitle(title = product): void {
  useEffect(() => {
    document.title = title.startsWith(product) ? title : `${title} · ${product}`;
  }, [title]);
}
