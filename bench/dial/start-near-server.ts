/** Starts the near server and says where it is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface NearServer {
  readonly url: string;
  readonly stop: () => void;
}

export async function startNearServer(folder: string): Promise<NearServer> {
  const program = new URL('near-server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, stop: () => void child.kill() };
}
