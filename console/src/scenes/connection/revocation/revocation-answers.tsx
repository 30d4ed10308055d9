import type { RevocationAnswer, ShownCertificate } from '@sallyport/console-api';
import { FactTable } from '../../../elements/fact-table.tsx';
import { commonName } from '../../../words/distinguished-name.ts';
import { FreshnessBar } from '../../revocation/freshness-bar.tsx';
import { answerWords } from './answer-words.ts';

interface RevocationAnswersProperties {
  readonly path: readonly ShownCertificate[];
  readonly answers: readonly RevocationAnswer[];
}

/** Which source answered for each certificate of the chain, at the last dial. */
export function RevocationAnswers({ path, answers }: RevocationAnswersProperties) {
  return (
    <FactTable
      caption="Which source answered for each certificate"
      narrow="stack"
      columns={['Certificate', 'Answered by', 'Where from', 'Age and next update']}
      rows={path.flatMap((certificate, index) => {
        if (certificate.role === 'anchor') return [];
        const own = answers.filter(({ certificateIndex }) => certificateIndex === index);
        if (own.length === 0) {
          return [{ id: certificate.sha256, cells: [commonName(certificate.subject), 'no source', '–', '–'] }];
        }
        return own.map((answer, place) => ({
          id: `${certificate.sha256} ${place}`,
          cells: [
            commonName(certificate.subject),
            answerWords(answer),
            answer.url === null ? '–' : <code key="url">{answer.url}</code>,
            <FreshnessBar key="age" thisUpdate={answer.thisUpdate} nextUpdate={answer.nextUpdate} />,
          ],
        }));
      })}
    />
  );
}
