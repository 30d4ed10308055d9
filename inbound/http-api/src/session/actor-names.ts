import { listPeople, listTokens, type Store } from '@sallyport/store';
import { tokenName } from './caller.ts';

/** Who is behind those actors that are people or tokens of now: `person:ID` and `token:ID` to what they are called. */
export async function actorNames(
  store: Store,
  actors: readonly (string | null)[],
): Promise<Readonly<Record<string, string>>> {
  const wanted = new Set(actors);
  const [people, tokens] = await Promise.all([listPeople(store), listTokens(store)]);
  const names = [
    ...people.map((person) => [`person:${person.id}`, person.name] as const),
    ...tokens.map((token) => [`token:${token.id}`, tokenName(token)] as const),
  ];
  return Object.fromEntries(names.filter(([actor]) => wanted.has(actor)));
}
