/** Every rule of a path, in the order of the report. */
import { anchored } from './anchored.ts';
import { basicConstraints } from './basic-constraints.ts';
import { certificatePolicies } from './certificate-policies.ts';
import { commonName } from './common-name.ts';
import { criticalExtensions } from './critical-extensions.ts';
import { distrustAfter } from './distrust-after.ts';
import { dnsSyntax } from './dns-syntax.ts';
import { endEntityName } from './end-entity-name.ts';
import { extendedKeyUsage } from './extended-key-usage.ts';
import { extensionForms } from './extension-forms.ts';
import { keyIdentifiers } from './key-identifiers.ts';
import { keyUsage } from './key-usage.ts';
import { nameChaining } from './name-chaining.ts';
import { nameConstraints } from './name-constraints.ts';
import { pathLength } from './path-length.ts';
import type { PathRule } from './path-rule.ts';
import { publicKeys } from './public-keys.ts';
import { serialNumbers } from './serial-numbers.ts';
import { signatures } from './signatures.ts';
import { subjectNames } from './subject-names.ts';
import { validityForm } from './validity-form.ts';
import { validityPeriod } from './validity-period.ts';
import { versions } from './versions.ts';

export const pathRules: readonly PathRule[] = [
  validityPeriod,
  anchored,
  nameChaining,
  signatures,
  publicKeys,
  basicConstraints,
  pathLength,
  keyUsage,
  extendedKeyUsage,
  nameConstraints,
  certificatePolicies,
  criticalExtensions,
  extensionForms,
  distrustAfter,
  endEntityName,
  subjectNames,
  dnsSyntax,
  commonName,
  serialNumbers,
  validityForm,
  versions,
  keyIdentifiers,
];
