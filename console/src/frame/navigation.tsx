import { Button } from '@mantine/core';
import {
  IconCertificate,
  IconFlask,
  IconKey,
  IconPlugConnected,
  IconRouteAltRight,
  IconSettings,
  IconShieldOff,
} from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { useSandbox } from '../api/sandbox.ts';
import { useSession, useSignOut } from '../api/session.ts';
import { Brand } from './brand.tsx';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import styles from './navigation.module.css';

const places = [
  { to: '/', label: 'Connections', Icon: IconPlugConnected },
  { to: '/client-certificates', label: 'Client certificates', Icon: IconCertificate },
  { to: '/connectors', label: 'Connectors', Icon: IconRouteAltRight },
  { to: '/custody', label: 'Keys', Icon: IconKey },
  { to: '/revocation', label: 'Revocation', Icon: IconShieldOff },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const;

/** Where one can go, whether a sandbox is present, who is signed in. */
export function Navigation() {
  const sandbox = useSandbox();
  const { pathname } = useLocation();
  return (
    <div className={styles.side}>
      <Link className={styles.home} to="/" aria-label="Sallyport, to the connections">
        <Brand />
      </Link>
      <nav className={styles.links} aria-label="Main">
        {places.map(({ to, label, Icon }) => {
          const here =
            to === '/'
              ? pathname === '/' || pathname.startsWith('/connections/')
              : pathname === to ||
                pathname.startsWith(`${to}/`) ||
                (to === '/client-certificates' && /^\/(?:swaps|rollouts)\//u.test(pathname));
          return (
            <Link className={styles.link} to={to} key={to} aria-current={here ? 'page' : undefined}>
              <Icon size={18} stroke={1.8} aria-hidden />
              {label}
            </Link>
          );
        })}
      </nav>
      {sandbox.data?.present === true ? (
        <div className={styles.sandbox}>
          <NavLink to="/sandbox">
            <IconFlask size={18} stroke={1.8} aria-hidden />
            Sandbox
          </NavLink>
          <p>A made-up Jira runs on this machine. No real data.</p>
        </div>
      ) : null}
      <Foot />
    </div>
  );
}

function Foot() {
  const session = useSession();
  const signOut = useSignOut();
  const person = session.data?.person;
  return (
    <div className={styles.foot}>
      {person === undefined || person === null ? null : (
        <div className={styles.person}>
          <div className={styles.name}>{person.name}</div>
          <div className={styles.mail}>{person.email}</div>
        </div>
      )}
      <ColorSchemeSwitch />
      <Button variant="default" size="compact-sm" onClick={() => signOut.mutate()}>
        Sign out
      </Button>
    </div>
  );
}
