/**
 * Where one is on a page: a new one starts at its top, for eyes and for the keyboard alike, and going back leads to where
 * it was left, although its content comes later than the browser waits. A fragment in the address finds its own place.
 */
import { useLayoutEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** @returns the element that holds the pages */
export function usePagePlace(): React.RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  const [location] = useLocation();
  const shown = useRef(location);
  const places = useRef(new Map<string, number>());
  const goesBack = useRef(false);
  // Before the router listens, which draws the page between its listener and the next.
  useLayoutEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    addEventListener('scroll', () => places.current.set(shown.current, scrollY), { signal, passive: true });
    addEventListener('popstate', () => void (goesBack.current = true), { signal });
    return () => left.abort();
  }, []);
  // Before the browser scrolls by itself, as the page before was longer: its place would be lost.
  useLayoutEffect(() => {
    if (shown.current === location || content.current === null) return undefined;
    shown.current = location;
    content.current.focus({ preventScroll: true });
    const place = goesBack.current ? places.current.get(location) : undefined;
    goesBack.current = false;
    if (place !== undefined) return scrollWhenThere(content.current, place);
    if (window.location.hash === '') scrollTo(0, 0);
    return undefined;
  }, [location]);
  return content;
}

/** What is not here by then is not waited for. */
const patienceMillis = 2_000;

/** Scrolls as far as the content reaches, again each time it grows, until somebody scrolls by hand. */
function scrollWhenThere(content: Element, place: number): () => void {
  const growth = new ResizeObserver(() => {
    scrollTo(0, place);
    if (document.documentElement.scrollHeight - innerHeight >= place) growth.disconnect();
  });
  const stop = (): void => growth.disconnect();
  const timer = setTimeout(stop, patienceMillis);
  growth.observe(content);
  for (const hand of ['wheel', 'touchstart', 'keydown']) addEventListener(hand, stop, { once: true, passive: true });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
