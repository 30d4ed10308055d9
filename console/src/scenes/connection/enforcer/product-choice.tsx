import type { EnforcerProduct } from '@sallyport/console-api';
import { checklistProducts, testedProducts, type ProductName } from './product-names.ts';
import styles from './product-choice.module.css';

interface ProductChoiceProperties {
  readonly product: EnforcerProduct;
  readonly onChange: (product: EnforcerProduct) => void;
}

/** Which product stands in front of the customer's Jira; what we have not tested stands apart and says so. */
export function ProductChoice({ product, onChange }: ProductChoiceProperties) {
  return (
    <div className={styles.choice}>
      <Group legend="Configuration, tested by us" products={testedProducts} product={product} onChange={onChange} />
      <Group legend="Checklist, not tested by us" products={checklistProducts} product={product} onChange={onChange} />
    </div>
  );
}

interface GroupProperties extends ProductChoiceProperties {
  readonly legend: string;
  readonly products: readonly ProductName[];
}

function Group({ legend, products, product, onChange }: GroupProperties) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      {products.map(({ product: id, name }) => (
        <label className={styles.product} key={id}>
          <input
            type="radio"
            name="product"
            className="visually-hidden"
            value={id}
            checked={id === product}
            onChange={() => onChange(id)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
