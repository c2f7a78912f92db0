import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { GatewayProcess } from './support/process.js';
import { Journal } from './support/journal.js';
import { sessionsFile } from './support/sessions.js';

/** Runs with a gateway of its own, since limits count across tests. */
async function withGateway(options, trial) {
    const gateway = await GatewayProcess.start(options);
    try {
        await trial(gateway);
    } finally {
        await gateway.stop();
    }
}

function open({ url }) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/realtime?project=demo`);
    const frames = new Journal('frames');
    socket.on('message', (data) => frames.add(JSON.parse(data)));
    socket.on('error', () => frames.add({ type: 'failed' }));
    return { socket, frames, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

test('Messages beyond a rate wait, and are answered in order', () =>
    withGateway(['--messages-per-minute', '600'], async (gateway) => {
        const { socket, frames } = open(gateway);
        await frames.first('connected');

        for (let i = 0; i < 605; i++) {
            socket.send('{"type":"ping"}');
        }
        socket.send('{"type":"subscribe","data":[{"channels":["presences"]}]}');
        await frames.first('an answer', ({ type }) => type === 'response');

        assert.equal(frames.all.filter(({ type }) => type === 'pong').length, 605);
        assert.equal(frames.all.filter(({ type }) => type === 'error').length, 0);
        assert.equal(socket.readyState, WebSocket.OPEN);
    }));

test('A frame of more than 64,000 bytes closes the socket, and the gateway goes on', () =>
    withGateway([], async (gateway) => {
        const { socket, frames, closed } = open(gateway);
        await frames.first('connected');

        socket.send(`{"type":"ping","data":"${'x'.repeat(64_000)}"}`);

        assert.ok([1006, 1009].includes(await closed));
        const other = open(gateway);
        await other.frames.first('connected');
        other.socket.send(`{"type":"ping","data":"${'x'.repeat(60_000)}"}`);
        await other.frames.first('a pong', ({ type }) => type === 'pong');
    }));

test('A socket beyond a rate is refused at the upgrade: 503 and Retry-After', () =>
    withGateway(['--connects-per-minute', '3'], async (gateway) => {
        const sockets = Array.from({ length: 3 }, () => open(gateway));
        await Promise.all(sockets.map(({ frames }) => frames.first('connected')));

        const { socket } = open(gateway);
        const response = await new Promise((resolve) => socket.once('unexpected-response', (request, answer) => resolve(answer)));

        assert.equal(response.statusCode, 503);
        assert.match(response.headers['retry-after'], /^([1-9]|[1-5][0-9]|60)$/);
        socket.terminate();
        sockets.forEach(({ socket: accepted }) => accepted.terminate());
    }));

test('--one-per-user: a user has one presence, and the id of the first wins, as Appwrite has it', async () => {
    const options = ['--one-per-user', '--sessions', sessionsFile(), '--key', 'k=presences.read,presences.write'];
    await withGateway(options, async ({ url }) => {
        const put = async (id, userId) => {
            const response = await fetch(`${url}/v1/presences/${id}`, {
                method: 'PUT',
                headers: { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Key': 'k', 'Content-Type': 'application/json' },
                body: JSON.stringify({ userId, status: id }),
            });
            return response.json();
        };

        const first = await put('laptop', 'ada');
        const second = await put('phone', 'ada');
        const other = await put('tablet', 'bob');

        assert.deepEqual([first.$id, second.$id, other.$id], ['laptop', 'laptop', 'tablet']);
        assert.equal(second.status, 'phone');
        await fetch(`${url}/v1/presences/laptop`, {
            method: 'DELETE',
            headers: { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Key': 'k' },
        });
        assert.equal((await put('watch', 'ada')).$id, 'watch');
    });
});

test('SIGTERM closes the sockets with 1001 and ends the gateway without an error', async () => {
    const gateway = await GatewayProcess.start([]);
    const { frames, closed } = open(gateway);
    await frames.first('connected');

    const { code, signal } = await gateway.stop();

    assert.equal(await closed, 1001);
    assert.ok(code === 0 || code === 143, `${code} ${signal}`);
    // Vert.x reports a slow start of a busy machine here; it is not an error of the gateway.
    const errors = gateway.errors.replace(/^.*BlockedThreadChecker\nWARNING: Thread .* has been blocked for .*\n/gm, '');
    assert.equal(errors, '');
});

test('An unknown option is a usage error: exit code 2', async () => {
    await assert.rejects(GatewayProcess.start(['--colour', 'red']), /ended with code 2: .*colour/s);
});
