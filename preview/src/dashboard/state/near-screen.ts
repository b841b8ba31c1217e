/** How near an element is to the screen. */
import { useEffect, useState } from 'react';

/** Whether it is on the screen or half a screen away. */
export function useNearScreen(element: React.RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setIsNear(entries.some(({ isIntersecting }) => isIntersecting)),
      {
        rootMargin: '50% 0px',
      },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNear;
}

/** 0 for what is on screen. */
export function pixelsFromScreen(element: Element | null): number {
  if (element === null) return Infinity;
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(0, top - innerHeight, -bottom);
}
