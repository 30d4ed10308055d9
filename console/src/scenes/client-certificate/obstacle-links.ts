/** What a refused retirement names, as places to go to. */
interface Obstacle {
  readonly connectionId?: unknown;
  readonly connectionName?: unknown;
  readonly pointer?: unknown;
  readonly swapId?: unknown;
}

const pointers: Readonly<Record<string, string>> = {
  current: 'presents it now',
  next: 'will present it after a swap',
  previous: 'may go back to it until the window of its swap closes',
};

/** @param seen of the refusal: `uses`, `swaps` and `rollouts`; what has another form is left out */
export function obstacleLinks(
  seen: Readonly<Record<string, unknown>>,
): readonly { readonly to: string; readonly words: string }[] {
  const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const nameOf = ({ connectionName }: Obstacle): string =>
    typeof connectionName === 'string' ? connectionName : 'a connection of somebody else';
  return [
    ...listOf(seen.swaps).flatMap((one) => {
      const swap = one as Obstacle;
      return typeof swap.swapId === 'string'
        ? [{ to: `/swaps/${swap.swapId}`, words: `Swap of ${nameOf(swap)}: cancel it, or let it end` }]
        : [];
    }),
    ...listOf(seen.rollouts).flatMap((id) =>
      typeof id === 'string'
        ? [{ to: `/rollouts/${id}`, words: 'Rollout that brings it: cancel it, or let it end' }]
        : [],
    ),
    ...listOf(seen.uses).flatMap((one) => {
      const use = one as Obstacle;
      return typeof use.connectionId === 'string'
        ? [
            {
              to: `/connections/${use.connectionId}`,
              words: `${nameOf(use)}: ${pointers[String(use.pointer)] ?? 'uses it'}`,
            },
          ]
        : [];
    }),
  ];
}
