import { describeKilledProcesses } from './killed-processes.ts';

describeKilledProcesses('postgres');
