/** kill -9 of the web tier with a swap at every step. */
import { describeKillsOf } from './swap-kill-points.ts';

describeKillsOf('web tier');
