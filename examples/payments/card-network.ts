/** Stands in for the company that charges cards: takes a moment, and declines some. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seam } from '../service/seam.ts';

export interface CardNetwork {
  /** Whether the card was charged. Rejects when the network does not work. */
  charge(card: string, amountMinor: number): Promise<boolean>;
}

/** Cards that end like this are declined, as test cards of real networks are. */
export const declinedEnding = '0002';

export function createCardNetwork(beforeCharge: Seam): CardNetwork {
  return {
    charge: async (card) => {
      await beforeCharge.run();
      await sleep(5 + Math.random() * 20);
      return !card.endsWith(declinedEnding);
    },
  };
}
