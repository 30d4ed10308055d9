/** Arguments of `sallyport x509`: a verb, options with values that may stand several times, files. */

/** The command was asked wrongly, or names a file that cannot be opened. Nothing was judged. */
export class UsageError extends Error {
  readonly code: 'USAGE_INVALID' | 'FILE_NOT_READABLE';

  constructor(message: string, code: UsageError['code'] = 'USAGE_INVALID') {
    super(message);
    this.code = code;
  }
}

export interface Arguments {
  readonly files: readonly string[];
  readonly json: boolean;
  /** All values of an option, in order. */
  readonly all: (name: string) => readonly string[];
  /** The one value of an option; null where it is absent. */
  readonly one: (name: string) => string | null;
  readonly required: (name: string) => string;
}

/** @throws UsageError for an option that the verb does not have, one without its value, or one given twice that stands once */
export function readArguments(args: readonly string[], allowed: readonly string[]): Arguments {
  const values = new Map<string, string[]>();
  const files: string[] = [];
  let json = false;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '--json') json = true;
    else if (!argument.startsWith('--')) files.push(argument);
    else {
      const equals = argument.indexOf('=');
      const name = argument.slice(2, equals === -1 ? undefined : equals);
      if (!allowed.includes(name)) throw new UsageError(`there is no option --${name} here`);
      const value = equals === -1 ? args[++index] : argument.slice(equals + 1);
      if (value === undefined || value === '') throw new UsageError(`--${name} needs a value`);
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  const all = (name: string): readonly string[] => values.get(name) ?? [];
  const one = (name: string): string | null => {
    if (all(name).length > 1) throw new UsageError(`--${name} may stand once`);
    return all(name)[0] ?? null;
  };
  const required = (name: string): string => {
    const value = one(name);
    if (value === null) throw new UsageError(`--${name} is missing`);
    return value;
  };
  return { files, json, all, one, required };
}
