import type { EnforcerKitAnswer } from '@sallyport/console-api';
import { Pill } from '../../../elements/pill.tsx';
import type { Tone } from '../../../words/tone.ts';
import styles from './kit-abilities.module.css';

type Abilities = EnforcerKitAnswer['abilities'];

const titles: Readonly<Record<keyof Abilities, string>> = {
  nameMatch: 'Our certificate’s exact name',
  revocation: 'Revocation',
  headerStrip: 'Forged certificate headers',
  restPaths: 'Only the agreed REST paths',
  tlsPolicy: 'The agreed TLS policy',
};

const can: Readonly<Record<Abilities['nameMatch']['can'], { word: string; tone: Tone }>> = {
  yes: { word: 'Yes', tone: 'ok' },
  partly: { word: 'Partly', tone: 'warn' },
  no: { word: 'No', tone: 'bad' },
};

interface KitAbilitiesProperties {
  readonly abilities: Abilities;
  readonly differences: readonly string[];
}

/** What of the agreement the product can enforce, and where it differs. */
export function KitAbilities({ abilities, differences }: KitAbilitiesProperties) {
  return (
    <>
      <dl className={styles.abilities}>
        {(Object.keys(titles) as (keyof Abilities)[]).map((name) => (
          <div className={styles.ability} key={name}>
            <dt>{titles[name]}</dt>
            <dd>
              <Pill tone={can[abilities[name].can].tone}>{can[abilities[name].can].word}</Pill> {abilities[name].words}
            </dd>
          </div>
        ))}
      </dl>
      {differences.length === 0 ? null : (
        <ul className={styles.differences}>
          {differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
    </>
  );
}
