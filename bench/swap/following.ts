/** How soon three connector processes that serve one connection follow its pointer, and how soon all have left a refused certificate. */
import { fallBack } from '@sallyport/store';
import { startJiraFarSide } from '../../test/system/jira-far-side.ts';
import { ServingConnectors } from '../../test/system/serving-connectors.ts';
import { connectorScope, SwapWorld } from '../../test/system/swap-world.ts';

export interface Following {
  /** From the write of the pointer until requests of the last process go out with the next certificate, milliseconds. */
  readonly heard: readonly number[];
  /** The same where the notification is lost. */
  readonly unheard: readonly number[];
  /** From the write that takes a refused certificate back until the last process has left it. */
  readonly back: readonly number[];
}

const processes = 3;

export async function measureFollowing(runs: number): Promise<Following> {
  const world = await SwapWorld.start();
  const farSide = await startJiraFarSide(world.authority);
  await world.certificate(undefined, true);
  const connection = await world.connection({
    baseUrl: `https://localhost:${farSide.port}`,
    anchors: { kind: 'pem', pem: world.authority.root.certificatePem },
    allowPrivate: true,
    revocation: 'off',
  });
  const connectors = await ServingConnectors.start(world, connection, processes);
  const followed = async (notification: 'told' | 'lost'): Promise<number> => {
    const { slot, at } = await connectors.move(await world.certificate(), notification);
    return (await connectors.reach(slot.generation)) - at;
  };
  const heard: number[] = [];
  const unheard: number[] = [];
  const back: number[] = [];
  for (let run = 0; run < runs; run++) {
    heard.push(await followed('told'));
    unheard.push(await followed('lost'));
    const { slot } = await connectors.move(await world.certificate());
    await connectors.reach(slot.generation);
    const began = performance.now();
    const generation = await fallBack(world.connector, connectorScope, slot);
    back.push((await connectors.reach(generation ?? 0)) - began);
  }
  connectors.stop();
  await farSide.close();
  await world.stop();
  return { heard, unheard, back };
}
