import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The users without a window. */
export const CROWD = Array.from({ length: 60 }, (_, i) => `user-${i + 1}`);

/** Writes their sessions to a file, by the secret `ID-secret`. The file is deleted at the end of the process. */
export function crowdFile() {
    const directory = mkdtempSync(join(tmpdir(), 'gateway-'));
    process.once('exit', () => rmSync(directory, { recursive: true }));
    const file = join(directory, 'sessions.json');
    const user = (userId) => ({ userId, name: userId, verified: false, labels: [], teams: {} });
    writeFileSync(file, JSON.stringify(Object.fromEntries(CROWD.map((id) => [`${id}-secret`, user(id)]))));
    return file;
}
