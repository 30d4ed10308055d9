/** `sallyport x509 VERB …`: looks at certificates, CRLs and OCSP responses with the validator that the product itself uses. */
import { showAnswer, unreadable, usageDocument } from './answer.ts';
import type { Answer } from './answer.ts';
import { Inputs } from './inputs.ts';
import { processIo } from './io.ts';
import type { X509Io } from './io.ts';
import { lint } from './lint.ts';
import { UsageError, readArguments } from './options.ts';
import type { Arguments } from './options.ts';
import { show } from './show.ts';
import { crlStatus, ocspStatus } from './status.ts';
import { validateChain } from './validate-chain.ts';

const help = `sallyport x509 show FILE…
sallyport x509 lint FILE… [--profile rfc5280|webpki|private]
sallyport x509 validate --leaf F [--others F]… --anchors F [--crls F]… [--ocsp F]… [--staple F] [--at T]
               [--purpose serverAuth|clientAuth|any] [--name N] [--profile rfc5280|webpki|private] [--revocation hard|soft|off]
sallyport x509 crl --crl F… --certificate F --issuer F [--others F]… [--at T] [--grace S]
sallyport x509 ocsp --response F --certificate F --issuer F [--crls F]… [--at T] [--max-age S] [--grace S]

F is a file, or - for the standard input: PEM, DER, PKCS#7 or PKCS#12, these two in BER too (--password TEXT or --password-file F; default none).
T is RFC 3339, e.g. 2026-11-24T09:00:00Z; default now. S are seconds. --json prints one document instead of text.

Revocation in validate: --crls, --ocsp or --staple makes it hard unless --revocation says otherwise. Hard asks for an answer about every
certificate of the path below the anchor: a CRL of the end entity's issuer alone refuses a path with an intermediate (X509_REVOCATION_NO_SOURCE).
soft lets pass what nothing given decides, and says so; off does not look. Without these options it is off. --staple none: the server sent none.
The --crls of ocsp are about the certificate of a delegated responder that does not carry id-pkix-ocsp-nocheck, and about nothing else;
those of validate are about all certificates.
Exit status: 0 valid or good, 1 not, 2 wrong usage (with --json: verdict "none", status "usage").
`;

interface Verb {
  readonly options: readonly string[];
  readonly run: (args: Arguments, inputs: Inputs) => Answer;
}

const verbs: Readonly<Record<string, Verb>> = {
  show: { options: [], run: show },
  lint: { options: ['profile'], run: lint },
  validate: {
    options: [
      'leaf',
      'others',
      'anchors',
      'crls',
      'ocsp',
      'staple',
      'at',
      'purpose',
      'name',
      'profile',
      'revocation',
      'grace',
    ],
    run: validateChain,
  },
  crl: { options: ['crl', 'certificate', 'issuer', 'others', 'at', 'grace', 'profile'], run: crlStatus },
  ocsp: {
    options: ['response', 'certificate', 'issuer', 'others', 'crls', 'at', 'max-age', 'grace', 'profile'],
    run: ocspStatus,
  },
};

/** @returns the exit status */
export function runX509(args: readonly string[], io: X509Io = processIo): Promise<number> {
  return Promise.resolve(runVerb(args, io));
}

function runVerb(args: readonly string[], io: X509Io): number {
  const [name, ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) {
    io.print(help);
    return 0;
  }
  const verb = Object.hasOwn(verbs, name ?? '') ? verbs[name ?? ''] : undefined;
  try {
    if (verb === undefined) throw new UsageError(name === undefined ? 'a verb is missing' : `there is no verb ${name}`);
    const parsed = readArguments(rest, [...verb.options, 'password', 'password-file']);
    const inputs = new Inputs(parsed, io);
    return showAnswer(
      answerOf(() => verb.run(parsed, inputs), inputs),
      parsed.json,
      io.print,
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // What could not be understood may hold --json anywhere.
    if (args.includes('--json')) io.print(usageDocument(error));
    io.complain(`sallyport x509: ${error.message}\n\n${help}`);
    return 2;
  }
}

function answerOf(run: () => Answer, inputs: Inputs): Answer {
  try {
    return run();
  } catch (error) {
    const answer = unreadable(error, inputs.lastSource);
    if (answer === null) throw error;
    return answer;
  }
}
