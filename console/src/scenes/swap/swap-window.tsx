import type { SwapDetail } from '@sallyport/console-api';
import { swapCalendarAddress } from '../../api/swaps.ts';
import { DownloadLink } from '../../elements/download-link.tsx';
import { instantWords } from '../../words/time.ts';
import styles from './swap-line.module.css';

/** The window, and its entries for both sides' calendars. */
export function SwapWindow({ swap }: { swap: SwapDetail }) {
  const { windowStartsAt, windowEndsAt } = swap;
  if (windowStartsAt === null || windowEndsAt === null) return null;
  return (
    <div className={styles.window}>
      <p>
        <strong>Window</strong> {instantWords(windowStartsAt)} to {instantWords(windowEndsAt)}
      </p>
      <p className={styles.downloads}>
        <DownloadLink address={swapCalendarAddress(swap.id, 'operator')}>Our calendar entry (.ics)</DownloadLink>
        <DownloadLink address={swapCalendarAddress(swap.id, 'customer')}>The customer’s entry (.ics)</DownloadLink>
      </p>
    </div>
  );
}
