import type { Tone } from './tone.ts';

/** The four baskets of the strip on home; a connection outside of them is being set up or retired. */
export type Basket = 'healthy' | 'needs-us' | 'needs-customer' | 'paused';

/** The baskets in the order of the strip. */
export const baskets: readonly Basket[] = ['healthy', 'needs-us', 'needs-customer', 'paused'];

/** Word and tone of a basket, the same on home and on a connection's page. */
export const basketWords: Readonly<Record<Basket, { readonly word: string; readonly tone: Tone }>> = {
  healthy: { word: 'Healthy', tone: 'ok' },
  'needs-us': { word: 'Needs us', tone: 'bad' },
  'needs-customer': { word: 'Needs the customer', tone: 'warn' },
  paused: { word: 'Paused', tone: 'idle' },
};
