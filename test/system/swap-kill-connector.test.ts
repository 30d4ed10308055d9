/** kill -9 of the connector with a swap at every step. */
import { describeKillsOf } from './swap-kill-points.ts';

describeKillsOf('connector');
