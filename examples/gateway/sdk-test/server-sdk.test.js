import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Query } from 'node-appwrite';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();
const { server } = gateway;

test('The server SDK makes, changes, reads, lists and deletes presences of any user', async () => {
    const made = await server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online', metadata: { page: '/' } });
    const changed = await server.update({ presenceId: 'p1', userId: 'ada', status: 'away' });
    const got = await server.get({ presenceId: 'p1' });
    const listed = await server.list({ queries: [Query.equal('userId', 'ada')] });
    await server.delete({ presenceId: 'p1' });

    assert.equal(made.userId, 'ada');
    assert.equal(changed.status, 'away');
    same(got, changed);
    same(listed, { total: 1, presences: [got] });
    await refused(server.get({ presenceId: 'p1' }), 404, 'presence_not_found');
});

test('A key sees what is for its owner alone, whose permissions are the default', async () => {
    await gateway.user('ada').presences.upsert({ presenceId: 'private', status: 'online' });

    assert.equal((await server.get({ presenceId: 'private' })).userId, 'ada');
    const { $permissions } = await server.upsert({ presenceId: 'p2', userId: 'bob', status: 'online' });
    assert.ok($permissions.includes('read("user:bob")'));
    assert.equal((await gateway.user('bob').presences.list()).total, 1);
});

test('A key without userId: 400 general_bad_request', async () => {
    const response = await gateway.fetch('/v1/presences/p1', {
        method: 'PUT', headers: { 'X-Appwrite-Key': 'test-key' }, body: '{"status":"online"}',
    });

    assert.equal(response.status, 400);
    assert.equal((await response.json()).type, 'general_bad_request');
});

test('A key may patch without userId', async () => {
    await server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online' });
    const response = await gateway.fetch('/v1/presences/p1', {
        method: 'PATCH', headers: { 'X-Appwrite-Key': 'test-key' }, body: '{"status":"away"}',
    });

    assert.equal(response.status, 200);
    assert.equal((await response.json()).status, 'away');
});

test('A key without the scope is refused: 401 general_unauthorized_scope', async () => {
    await server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online' });
    const reader = gateway.serverWith('read-key');
    const writer = gateway.serverWith('write-key');

    assert.equal((await reader.get({ presenceId: 'p1' })).status, 'online');
    const upsert = { presenceId: 'p1', userId: 'ada', status: 'away' };
    await refused(reader.upsert(upsert), 401, 'general_unauthorized_scope');
    await refused(reader.update(upsert), 401, 'general_unauthorized_scope');
    await refused(reader.delete({ presenceId: 'p1' }), 401, 'general_unauthorized_scope');
    await refused(writer.list(), 401, 'general_unauthorized_scope');
});

test('A key that is unknown is refused', async () => {
    await refused(gateway.serverWith('nope').list(), 401, 'general_unauthorized_scope');
});

test('A key that is the user of a socket is not: sockets take no project keys', async () => {
    const response = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-Key': 'test-key' } });

    assert.equal(response.status, 401);
});

test('A user who is not known: 404 user_not_found', async () => {
    await refused(server.upsert({ presenceId: 'p1', userId: 'robot', status: 'online' }), 404, 'user_not_found');
});

test('An upsert by a key may not give a presence to another user', async () => {
    await server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online' });

    await refused(server.upsert({ presenceId: 'p1', userId: 'bob', status: 'online' }), 409, 'presence_already_exists');
});
