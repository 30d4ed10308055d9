import type { TermsVersion } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { termsPageAddress, useApproveTerms } from '../../api/terms.ts';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './pending-terms.module.css';

/** Terms that weaken the ones before wait here for the customer's approver; they are approved by hash. */
export function PendingTerms({ connectionId, terms }: { connectionId: string; terms: TermsVersion }) {
  const approve = useApproveTerms(connectionId);
  const [approver, setApprover] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    approve.mutate({ version: terms.version, sha256: terms.sha256, approver: approver.trim() });
  };
  return (
    <Notice tone="warn" title={`Terms ${terms.version} wait for approval: they are weaker than those that hold.`}>
      <ul>
        {terms.weakens.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        Written by {terms.writtenBy}. <a href={termsPageAddress(connectionId, terms.version)}>Read them</a>; hash{' '}
        <code>{terms.sha256}</code>
      </p>
      {approve.isError ? <ProblemNotice problem={approve.error} /> : null}
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label="Who approved them, at the customer?"
          required
          withAsterisk={false}
          maxLength={200}
          value={approver}
          onChange={(event) => setApprover(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          aria-busy={approve.isPending}
          disabled={approve.isPending || approver.trim() === ''}
        >
          Approve by this hash
        </Button>
      </form>
    </Notice>
  );
}
