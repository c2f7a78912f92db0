/**
 * The time from the deadline of a presence to the arrival of its delete frame, by one clock. Never early, and
 * within 100 ms; otherwise it ends with exit code 1.
 */
import WebSocket from 'ws';
import { within } from '../sdk-test/support/deadline.js';
import { GatewayProcess } from '../sdk-test/support/process.js';
import { sessionsFile } from '../sdk-test/support/sessions.js';

const PRESENCES = 50;
const WARM_UP = 500;
const FIRST = 4000;
const APART = 37;
const ALLOWED = 100;
const HEADERS = { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Session': 'ada-secret', 'Content-Type': 'application/json' };

const gateway = await GatewayProcess.start(['--sessions', sessionsFile()]);
try {
    await warmUp();
    const lags = await measure(await subscriber());
    lags.sort((a, b) => a - b);
    const [least, median, greatest] = [lags[0], lags[lags.length >> 1], lags[lags.length - 1]];
    console.log(`${lags.length} presences: delete frame after the deadline, ms: min ${least}, p50 ${median}, max ${greatest}`);
    process.exitCode = greatest <= ALLOWED && least >= 0 ? 0 : 1;
} finally {
    await gateway.stop();
}

async function subscriber() {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/v1/realtime?project=demo`);
    await within(new Promise((resolve) => socket.once('message', resolve)), 'connected');
    socket.send('{"type":"subscribe","data":[{"channels":["presences.delete"]}]}');
    await within(new Promise((resolve) => socket.once('message', resolve)), 'an answer');
    return socket;
}

/** Warms the JVM up, so that its start is not measured. */
async function warmUp() {
    for (let i = 0; i < WARM_UP; i++) {
        await put('warm-up', Date.now() + FIRST);
    }
    await fetch(`${gateway.url}/v1/presences/warm-up`, { method: 'DELETE', headers: HEADERS, body: '{}' });
}

async function measure(socket) {
    const lags = [];
    const all = new Promise((resolve) => {
        socket.on('message', (data) => {
            const { payload, reason } = JSON.parse(data).data;
            if (reason === 'expired') {
                lags.push(Date.now() - Date.parse(payload.expiresAt));
            }
            if (lags.length === PRESENCES) {
                resolve(lags);
            }
        });
    });
    const start = Date.now() + FIRST;
    await Promise.all(Array.from({ length: PRESENCES }, (_, i) => put(`p${i}`, start + i * APART)));
    return within(all, () => `${PRESENCES} expiries, got ${lags.length}`);
}

async function put(id, deadline) {
    const response = await fetch(`${gateway.url}/v1/presences/${id}`, {
        method: 'PUT',
        headers: HEADERS,
        body: JSON.stringify({ status: 'typing', permissions: ['read("any")'], expiresAt: new Date(deadline).toISOString() }),
    });
    if (!response.ok) {
        throw new Error(await response.text());
    }
}
