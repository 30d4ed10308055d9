/** What a schema found wrong with a request, in words for people; zod's own speak of its types. */
import type { FieldFault } from '@sallyport/console-api';

/** One finding of zod, as the type provider hands it on. */
export interface SchemaFault {
  readonly instancePath: string;
  /** Zod's issue code; it is promised to scripts as the code of the fault. */
  readonly keyword: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

const kinds: Readonly<Record<string, string | undefined>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string | undefined>> = {
  uuid: 'an id (a UUID)',
  email: 'an e-mail address',
  datetime: 'an instant like 2026-11-25T14:02:11Z',
  date: 'a day like 2026-11-25',
  url: 'an address',
};

/** The fault of a field with a sentence for people. */
export function shownFault(fault: SchemaFault): FieldFault {
  return {
    path: fault.instancePath.replace(/^\//, '').replaceAll('/', '.'),
    code: fault.keyword,
    message: faultWords(fault),
  };
}

function faultWords({ keyword, message, params }: SchemaFault): string {
  switch (keyword) {
    case 'invalid_type':
      return message?.endsWith('received undefined') === true
        ? 'This is needed.'
        : `This must be ${kinds[String(params.expected)] ?? String(params.expected)}.`;
    case 'too_small':
      return sizeWords(params.inclusive === false ? 'more than' : 'at least', params.minimum, params.origin);
    case 'too_big':
      return sizeWords(params.inclusive === false ? 'less than' : 'at most', params.maximum, params.origin);
    case 'invalid_format':
      // A pattern may bring a sentence of its own; the schema library's begins so.
      if (params.format === 'regex' && message !== undefined && !message.startsWith('Invalid'))
        return sentence(message);
      return `This must be ${formats[String(params.format)] ?? 'written in the form that the API describes'}.`;
    case 'invalid_value':
      return `This must be ${alternatives(params.values)}.`;
    case 'invalid_union':
      // Without alternatives to name, the schema brings a sentence of its own.
      return Array.isArray(params.options) ? `This must be ${alternatives(params.options)}.` : sentence(message);
    case 'unrecognized_keys':
      return `Nobody knows ${listed(params.keys, 'and')} here.`;
    default:
      return sentence(message);
  }
}

function sizeWords(bound: string, limit: unknown, origin: unknown): string {
  if (origin === 'string') {
    return limit === 1 && bound === 'at least'
      ? 'This must not be empty.'
      : `This must have ${bound} ${String(limit)} ${limit === 1 ? 'character' : 'characters'}.`;
  }
  if (origin === 'array') return `This must have ${bound} ${String(limit)} ${limit === 1 ? 'entry' : 'entries'}.`;
  return `This must be ${bound} ${String(limit)}.`;
}

function alternatives(values: unknown): string {
  return listed(values, 'or');
}

function listed(values: unknown, joint: 'and' | 'or'): string {
  const words = Array.isArray(values) ? values.map((value) => `'${String(value)}'`) : [];
  const last = words.at(-1) ?? 'something else';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`;
}

function sentence(message: string | undefined): string {
  return message === undefined || message === '' ? 'This is at fault.' : `${message.replace(/\.$/u, '')}.`;
}
