import type { EnforcerProduct } from '@sallyport/console-api';
import { checklistProducts, testedProducts } from './product-names.ts';

/** The product that the address names; nginx where it names none that there is. */
export function enforcerProduct(text: string | null): EnforcerProduct {
  return [...testedProducts, ...checklistProducts].find(({ product }) => product === text)?.product ?? 'nginx';
}
