import styles from './choice.module.css';

interface ChoiceProperties<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly meaning: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function Choice<Value extends string>({ legend, value, options, onChange }: ChoiceProperties<Value>) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label className={styles.option} key={option.value}>
            <input
              type="radio"
              name={legend}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className={styles.label}>{option.label}</span>
            <span className={styles.meaning}>{option.meaning}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
