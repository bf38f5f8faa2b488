import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { CONTRACT_FILE, contractText } from './contract-file.ts';

writeFileSync(CONTRACT_FILE, await contractText());
process.stdout.write(`${CONTRACT_FILE} is written.\n`);
