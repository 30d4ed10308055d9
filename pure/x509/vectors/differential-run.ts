/** Our verdict beside those of others on generated chains; disagreements are explained by the defect, or they are findings. */
import { generateChain } from '../generate/chain-generator.ts';
import {
  anchorFromCertificate,
  readCertificate,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
} from '../src/index.ts';
import { explainedDisagreements } from './differential-explanations.ts';
import type { ExplainedDisagreement } from './differential-explanations.ts';
import { goVerdicts, opensslVerdicts } from './other-validators.ts';
import { hostName } from './chain-author.ts';
import type { GeneratedChain } from '../generate/chain-generator.ts';

export interface Disagreement {
  readonly other: 'openssl' | 'go';
  readonly defects: string;
  readonly ours: string;
  readonly theirs: string;
  /** Null: nobody explained it. */
  readonly explanation: ExplainedDisagreement | null;
}

export interface DifferentialResult {
  readonly chains: number;
  /** Others that were there to be asked. */
  readonly asked: readonly string[];
  readonly disagreements: readonly Disagreement[];
  /** Explanations about others that were asked, of disagreements that did not happen. */
  readonly stale: readonly ExplainedDisagreement[];
}

/** Chains that show every kind of disagreement; of fewer, one that does not happen says nothing. */
export const tellingChains = 10_000;

/** Explanations that explain nothing any more. */
export function staleExplanations(
  explanations: readonly ExplainedDisagreement[],
  asked: readonly string[],
  disagreements: readonly Disagreement[],
): readonly ExplainedDisagreement[] {
  const used = new Set(disagreements.map(({ explanation }) => explanation));
  return explanations.filter((row) => asked.includes(row.other) && !used.has(row));
}

function ourVerdict({ root, others, endEntity }: GeneratedChain): { accepted: boolean; words: string } {
  const report = validate({
    leaf: endEntity,
    others,
    anchors: [anchorFromCertificate(readCertificate(root))],
    at: utcInstant('2026-06-15T12:00:00Z'),
    purpose: 'serverAuth',
    name: { kind: 'dns', value: hostName },
    policy: validationPolicy('rfc5280'),
    revocation: revocationOff,
  });
  return {
    accepted: report.accepted,
    words: report.entries.find(({ outcome }) => outcome === 'fail')?.code ?? 'accepted',
  };
}

export function runDifferential(count: number, seed: number): DifferentialResult {
  const chains = Array.from({ length: count }, (_, index) => generateChain(index, seed));
  const ours = chains.map(ourVerdict);
  const answers = { openssl: opensslVerdicts(chains, hostName), go: goVerdicts(chains, hostName) } as const;
  const disagreements = (['openssl', 'go'] as const).flatMap((other) =>
    (answers[other] ?? []).flatMap((theirs, index): readonly Disagreement[] => {
      const [own, chain] = [ours[index], chains[index]];
      if (own === undefined || chain === undefined || own.accepted === theirs.accepted) return [];
      const explanation =
        explainedDisagreements.find(
          (row) =>
            row.other === other &&
            row.accepts === (own.accepted ? 'we' : 'they') &&
            (own.accepted ? chain.defects.includes(row.subject) : row.subject === own.words),
        ) ?? null;
      return [
        {
          other,
          defects: chain.defects.join(' + '),
          ours: own.words,
          theirs: theirs.accepted ? 'accepted' : theirs.words,
          explanation,
        },
      ];
    }),
  );
  const asked = Object.entries(answers).flatMap(([name, verdicts]) => (verdicts === null ? [] : [name]));
  return {
    chains: count,
    asked,
    disagreements,
    stale: staleExplanations(explainedDisagreements, asked, disagreements),
  };
}
