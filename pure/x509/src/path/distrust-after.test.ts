import { utcInstant } from '../instant.ts';
import { describeRule } from '../../vectors/rule-table.ts';

describeRule('distrust dates', [
  {
    sentence: 'accepts an end entity issued at the date',
    anchor: { distrustAfter: utcInstant('2026-01-01T00:00:00Z') },
    codes: [],
  },
  {
    sentence: 'refuses an end entity issued after the date',
    anchor: { distrustAfter: utcInstant('2025-12-31T23:59:59Z') },
    codes: ['X509_DISTRUSTED_AFTER'],
  },
  { sentence: 'asks nothing where there is no date', anchor: { distrustAfter: null }, codes: [] },
]);
