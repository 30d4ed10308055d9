/** The command line's verbs that need no database. */
import { runCheck } from './check/run.ts';
import type { Output } from './check/run.ts';

const usage = `sallyport check URL [options]     dial once, show the five checks and who must act   (--help)
sallyport doctor URL [options]    find out what is wrong, who must act, what to send    (--help)
sallyport enforcer PRODUCT [options]   configuration for the customer's side     (--help)
sallyport x509 VERB [options]     show, lint and validate certificates               (--help)
`;

async function run([verb = 'help', ...words]: readonly string[], output: Output): Promise<number> {
  switch (verb) {
    case 'check':
      return runCheck(words, output);
    case 'doctor': {
      const { runDoctorCommand } = await import('./doctor/run.ts');
      return runDoctorCommand(words, output);
    }
    case 'enforcer': {
      const { runEnforcer } = await import('./enforcer/run.ts');
      return runEnforcer(words, output);
    }
    case 'x509': {
      // Read only when asked for: a check must start quickly.
      const { runX509 } = await import('./x509/run.ts');
      return runX509(words);
    }
    case 'help':
    case '--help':
    case '-h':
      output.out(usage);
      return 0;
    default:
      output.error(`sallyport: there is no command '${verb.slice(0, 60)}'.\n${usage}`);
      return 2;
  }
}

// Not process.exit: what was written must reach a pipe before the end.
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
