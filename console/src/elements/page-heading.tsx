import { useEffect, useRef, type ReactNode } from 'react';
import styles from './page-heading.module.css';

interface PageHeadingProperties {
  readonly title: string;
  readonly pill?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's h1. It names the document and takes the focus when the page is entered, so that its title is read out. */
export function PageHeading({ title, pill, children, actions }: PageHeadingProperties) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Sallyport`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <div className={styles.line}>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {pill}
        </div>
        {children === undefined ? null : <div className={styles.sub}>{children}</div>}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
