import { IconCircle, IconCircleCheck, IconProgress } from '@tabler/icons-react';
import styles from './issue-status.module.css';

/** Jira's three status categories by their keys; another is drawn like one that is to do. */
const icons: Readonly<Record<string, typeof IconCircle | undefined>> = {
  new: IconCircle,
  indeterminate: IconProgress,
  done: IconCircleCheck,
};

/** An issue's status: its name, and its category as a mark. */
export function IssueStatus({ name, category }: { name: string; category: string | null }) {
  const Icon = icons[category ?? 'new'] ?? IconCircle;
  return (
    <span className={styles.status} data-category={category ?? 'new'}>
      <Icon size={15} stroke={2.2} aria-hidden />
      {name}
    </span>
  );
}
