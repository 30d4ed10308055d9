import type { RolloutMember } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import tableStyles from '../../elements/table.module.css';
import { actorWords } from '../../words/actor.ts';
import {
  memberActor,
  memberBasket,
  memberBaskets,
  memberBasketWords,
  memberSentence,
  type MemberBasket,
} from '../../words/rollout.ts';
import { swapStateWords } from '../../words/swap.ts';
import styles from './rollout-members.module.css';

/** So many rows at once; whoever looks for one searches. */
const rowsAtOnce = 25;

/** Every connection of the rollout: those that need somebody first, found by state and word. */
export function RolloutMembers({ members }: { members: readonly RolloutMember[] }) {
  const [chosen, setChosen] = useState<MemberBasket | null>(null);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(rowsAtOnce);
  const sorted = members
    .map((member) => ({ member, basket: memberBasket(member) }))
    .toSorted((one, other) => memberBaskets.indexOf(one.basket) - memberBaskets.indexOf(other.basket));
  const word = search.trim().toLowerCase();
  const found = sorted.filter(
    ({ member: { connectionName, customerName, host }, basket }) =>
      (chosen === null || basket === chosen) &&
      (word === '' || [connectionName, customerName, host].some((text) => text.toLowerCase().includes(word))),
  );
  return (
    <div className={styles.whole}>
      <div className={styles.head}>
        <ul className={styles.baskets} aria-label="Connections by where they stand; choose one to see only those">
          {memberBaskets.map((basket) => {
            const count = sorted.filter((one) => one.basket === basket).length;
            if (count === 0 && basket !== 'needs') return null;
            return (
              <li key={basket}>
                <button
                  type="button"
                  className={styles.basket}
                  aria-pressed={chosen === basket}
                  onClick={() => {
                    setChosen(chosen === basket ? null : basket);
                    setShown(rowsAtOnce);
                  }}
                >
                  <Pill tone={count === 0 ? 'idle' : memberBasketWords[basket].tone}>
                    {count.toLocaleString('en-GB')}
                  </Pill>{' '}
                  {memberBasketWords[basket].word}
                </button>
              </li>
            );
          })}
        </ul>
        <TextInput
          className={styles.search}
          label="Search by customer, name or host"
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setShown(rowsAtOnce);
          }}
        />
      </div>
      {found.length === 0 ? (
        <p className={styles.none}>
          {chosen === 'needs' && word === '' ? 'Nobody has to act for a connection.' : 'No connection is found so.'}
        </p>
      ) : (
        <div className={tableStyles.scroll}>
          <table className={tableStyles.table} data-narrow="stack">
            <caption className="visually-hidden">Connections of the rollout, those that need somebody first</caption>
            <thead>
              <tr>
                <th scope="col">Connection</th>
                <th scope="col">State</th>
                <th scope="col">Cohort</th>
                <th scope="col">Canary</th>
                <th scope="col">What is to be said</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map(({ member }) => (
                <MemberRow key={member.swapId} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > shown ? (
        <Button variant="default" className={styles.more} onClick={() => setShown(shown + 4 * rowsAtOnce)}>
          {`Show ${Math.min(4 * rowsAtOnce, found.length - shown)} more of ${found.length - shown}`}
        </Button>
      ) : null}
    </div>
  );
}

const canaryTones = { accepted: 'ok', refused: 'bad', failed: 'warn' } as const;

function MemberRow({ member }: { member: RolloutMember }) {
  const { swapId, customerName, connectionName, host, state, stateSince, cohort, canary } = member;
  const { word, tone } = swapStateWords(state);
  const actor = memberActor(member);
  return (
    <tr>
      <th scope="row">
        <Link to={`/swaps/${swapId}`}>
          {customerName}: {connectionName}
        </Link>
        <div className={styles.detail}>{host}</div>
      </th>
      <td data-label="State">
        <span>
          <Pill tone={tone}>{word}</Pill>{' '}
          <span className={styles.detail}>
            <Instant at={stateSince} />
          </span>
        </span>
      </td>
      <td data-label="Cohort">{cohort ?? '–'}</td>
      <td data-label="Canary">
        {canary === null ? (
          <span className={styles.detail}>not yet</span>
        ) : (
          <span>
            <Pill tone={canaryTones[canary]}>{canary}</Pill>
          </span>
        )}
      </td>
      <td data-label="To be said">
        <span>
          {memberSentence(member)} {actor === null ? null : <strong>{actorWords(actor)} must act.</strong>}
        </span>
      </td>
    </tr>
  );
}
