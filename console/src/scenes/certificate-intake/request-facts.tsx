import type { CertificateRequest } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Facts } from '../../elements/facts.tsx';
import { Panel } from '../../elements/panel.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { CorrectRequest } from './correct-request.tsx';
import { factOf } from './fact-to-correct.ts';

/** What its certificate is judged by, and the way to correct that while the request is open. */
export function RequestFacts({ asked }: { asked: CertificateRequest }) {
  const [parameters, setParameters] = useSearchParams();
  const first = factOf(parameters.get('correct'));
  const [isEdited, setEdited] = useState(first !== null);
  // Then the button that opens the form has the focus again.
  const [wasEdited, setWasEdited] = useState(false);
  const isOpen = asked.state === 'open' || asked.state === 'making-key';
  const { contacts, agreedRoots } = asked;
  const done = (): void => {
    setEdited(false);
    setWasEdited(true);
    setParameters({}, { replace: true });
  };
  return (
    <Panel
      title="What its certificate is judged by"
      aside={
        isOpen && !isEdited ? (
          <Button variant="default" size="compact-md" autoFocus={wasEdited} onClick={() => setEdited(true)}>
            Correct this
          </Button>
        ) : undefined
      }
    >
      {isOpen && isEdited ? (
        <CorrectRequest asked={asked} first={first} onDone={done} />
      ) : (
        <Facts
          facts={[
            { term: 'Kind', detail: certificateKindWords(asked.kind) },
            { term: 'Domain', detail: asked.domain ?? 'none was agreed' },
            {
              term: 'Comes from',
              detail:
                asked.policy === 'public-third-party'
                  ? 'a public authority'
                  : 'a private authority that both sides agreed on',
            },
            ...(asked.policy === 'public-third-party'
              ? []
              : [
                  {
                    term: 'Agreed roots',
                    detail:
                      agreedRoots.length === 0
                        ? 'none are written down'
                        : agreedRoots.map(({ subject }) => subject).join('; '),
                  },
                ]),
            {
              term: 'Owner',
              detail: contacts === null ? 'nobody is named' : `${contacts.owner.name}, ${contacts.owner.email}`,
            },
          ]}
        />
      )}
    </Panel>
  );
}
