import { useEffect, useState } from 'react';
import { dateWords, instantWords, relativeWords } from '../words/time.ts';

/** The present, renewed every few seconds, so that "12 s ago" stays true. */
export function useNow(everyMilliseconds = 5000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, [everyMilliseconds]);
  return now;
}

/** An instant, relative or as a date, with the exact UTC time as its title. */
export function Instant({ at, form = 'relative' }: { at: string; form?: 'relative' | 'date' | 'full' }) {
  const now = useNow();
  const words = form === 'relative' ? relativeWords(at, now) : form === 'date' ? dateWords(at) : instantWords(at);
  return (
    <time dateTime={at} title={instantWords(at)}>
      {words}
    </time>
  );
}
