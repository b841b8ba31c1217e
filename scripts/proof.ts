/** `npm run proof`: the whole stack live, and a table that shows data for every query of every board. Exits 1 otherwise. */
import { startLab } from '../servers/lab/lab.ts';
import { finalProofs, proveLab } from '../servers/lab/prove-lab.ts';
import { proofTable } from '../src/proof/proof-table.ts';

const say = (line: string): void => void process.stderr.write(`${line} ...\n`);

const lab = await startLab({ progress: say });
try {
  const proofs = finalProofs(await proveLab(lab, { progress: say }));
  process.stdout.write(`${proofTable(proofs)}\n`);
  process.exitCode = proofs.every(({ status }) => status === 'data') ? 0 : 1;
} finally {
  await lab.stop();
}
