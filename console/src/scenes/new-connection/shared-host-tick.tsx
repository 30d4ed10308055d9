import styles from './connection-form.module.css';

interface SharedHostTickProperties {
  readonly confirmed: boolean;
  readonly onChange: (confirmed: boolean) => void;
}

/** A Jira host belongs to one customer; only an operator's own word, which is audited, lets a second one on it. */
export function SharedHostTick({ confirmed, onChange }: SharedHostTickProperties) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={confirmed} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        <strong>Both customers share this Jira: write the terms down all the same.</strong>
        <span className={styles.note}>Your confirmation is kept in the audit.</span>
      </span>
    </label>
  );
}
