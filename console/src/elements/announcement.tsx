import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const AnnouncementContext = createContext<(sentence: string) => void>(() => {});

/** Says one sentence to screen readers without moving the focus. */
export function useAnnounce(): (sentence: string) => void {
  return useContext(AnnouncementContext);
}

/** Holds the one polite live region of the console. */
export function AnnouncementProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ sentence: '', count: 0 });
  const announce = useCallback((sentence: string) => {
    setSaid(({ count }) => ({ sentence, count: count + 1 }));
  }, []);
  return (
    <AnnouncementContext value={announce}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite">
        {/* The key makes the same sentence, said twice, be read twice. */}
        <span key={said.count}>{said.sentence}</span>
      </div>
    </AnnouncementContext>
  );
}
