import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { CONTRACT_FILE, contractText } from './contract-file.ts';
import { partnerKitFiles } from './partner-kit-files.ts';

const contract = await contractText();
const kit = await partnerKitFiles(JSON.parse(contract) as object);
for (const [file, text] of [[CONTRACT_FILE, contract] as const, ...kit]) {
  writeFileSync(file, text);
  process.stdout.write(`${file} is written.\n`);
}
