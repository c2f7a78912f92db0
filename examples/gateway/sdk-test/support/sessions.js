import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The users, by secret. */
const SESSIONS = {
    'ada-secret': { userId: 'ada', name: 'Ada', verified: true, labels: ['vip'], teams: { blue: ['owner'] } },
    'bob-secret': { userId: 'bob', name: 'Bob', verified: false, labels: [], teams: { blue: ['guest'] } },
    'eve-secret': { userId: 'eve', name: 'Eve', verified: false, labels: [], teams: {} },
};

/** Writes the sessions of the tests to a file, which is deleted at the end of the process. */
export function sessionsFile() {
    const directory = mkdtempSync(join(tmpdir(), 'gateway-'));
    process.once('exit', () => rmSync(directory, { recursive: true }));
    const file = join(directory, 'sessions.json');
    writeFileSync(file, JSON.stringify(SESSIONS));
    return file;
}
