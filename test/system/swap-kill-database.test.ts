/** kill -9 of the database with a swap at every step. */
import { describeKillsOf } from './swap-kill-points.ts';

describeKillsOf('database');
