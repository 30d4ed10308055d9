import { Problem } from '../../api/problem.ts';
import styles from './connection-form.module.css';

interface Weakening {
  /** In what the new terms are weaker, a sentence each. */
  readonly weakens: readonly string[];
  /** Hash of the new terms: nothing else is approved than was read. */
  readonly termsSha256: string;
}

/** What a refusal says about weaker terms; null for any other refusal. */
export function weakeningOf(error: unknown): Weakening | null {
  if (!(error instanceof Problem) || error.code !== 'terms-approval-needed') return null;
  const { weakens, termsSha256 } = error.seen;
  if (!Array.isArray(weakens) || typeof termsSha256 !== 'string') return null;
  return { weakens: weakens.map(String), termsSha256 };
}

interface WeakerTermsProperties {
  readonly weakening: Weakening;
  readonly approved: boolean;
  readonly onChange: (approved: boolean) => void;
}

/** In what the new terms are weaker, and the word that the customer's approver has agreed to exactly these. */
export function WeakerTerms({ weakening, approved, onChange }: WeakerTermsProperties) {
  return (
    <div>
      <ul>
        {weakening.weakens.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <label className={styles.tick}>
        <input type="checkbox" checked={approved} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>
          <strong>The customer’s approver has approved the terms of this hash.</strong>
          <span className={styles.note}>
            <code>{weakening.termsSha256}</code>; your word is kept in the audit.
          </span>
        </span>
      </label>
    </div>
  );
}
