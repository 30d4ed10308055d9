import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { Waiting } from '../elements/waiting.tsx';
import { NoConnector } from './no-connector.tsx';
import { Navigation } from './navigation.tsx';
import styles from './page-frame.module.css';

/** Skip link, navigation and the page: what every page of a signed-in person stands in. */
export function PageFrame() {
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <Navigation />
      <main className={styles.main} id="main" tabIndex={-1}>
        <NoConnector />
        <Suspense fallback={<Waiting what="the page" />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
