/** What the terms of a connection say about swaps, with what holds where they are silent. */
import type { TermsSwaps } from '@sallyport/terms';
import { swapClasses, type SwapClass, type SwapMatching } from './swap-class.ts';

export interface SwapRules {
  readonly matching: SwapMatching;
  /** Days between proposal and the beginning of the window. */
  readonly noticeDays: Readonly<Record<SwapClass, number>>;
  /** Classes whose swaps the customer approves each time, whoever owns the certificate. */
  readonly customerApproves: readonly SwapClass[];
  /** The customer has approved the class `no-change` once for all. */
  readonly standingApproval: boolean;
  /** The customer's own change number has to be given. */
  readonly changeNumberRequired: boolean;
}

/** Days. */
export const defaultNoticeDays: Readonly<Record<SwapClass, number>> = {
  'no-change': 0,
  'new-intermediate': 14,
  'new-ca': 30,
  'leaf-pinned': 30,
};

export function swapRules(terms: TermsSwaps | undefined): SwapRules {
  return {
    matching: terms?.matching ?? 'ca-and-name',
    noticeDays: { ...defaultNoticeDays, ...terms?.noticeDays },
    customerApproves: terms?.customerApproves ?? swapClasses.filter((one) => one !== 'no-change'),
    standingApproval: terms?.standingApproval === true,
    changeNumberRequired: terms?.changeNumberRequired === true,
  };
}
