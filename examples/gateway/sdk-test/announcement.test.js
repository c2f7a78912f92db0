import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, ID, Permission, Query, Role } from 'appwrite';
import { Gateway } from './support/gateway.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();

test('An upsert with an id and a status is enough, and later ones change the record in place', async () => {
    const { presences } = gateway.user('ada');

    const made = await presences.upsert({ presenceId: ID.unique(), status: 'online', metadata: { page: '/dashboard' } });
    const again = await presences.upsert({ presenceId: made.$id, status: 'away', metadata: { page: '/dashboard' } });

    assert.equal(made.userId, 'ada');
    same(made.metadata, { page: '/dashboard' });
    assert.equal(again.$id, made.$id);
    assert.equal(again.$createdAt, made.$createdAt);
    assert.equal((await presences.list()).total, 1);
});

test('A client that lists and then subscribes has the users who are online, while others come, go and expire', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const permissions = [Permission.read(Role.users())];
    await bob.presences.upsert({ presenceId: 'bob-laptop', status: 'online', permissions });
    const result = await ada.presences.list();
    const onlineUsers = new Map(result.presences.map((presence) => [presence.userId, presence]));
    const inbox = await ada.subscribe(Channel.presences());
    const follow = ({ events, payload }) => {
        if (events.includes('presences.*.delete')) {
            onlineUsers.delete(payload.userId);
        } else {
            onlineUsers.set(payload.userId, payload);
        }
    };
    same([...onlineUsers.keys()], ['bob']);

    const eve = gateway.user('eve').presences;
    const soon = () => new Date(Date.now() + 300).toISOString();
    await eve.upsert({ presenceId: 'eve-phone', status: 'typing', permissions, expiresAt: soon() });
    await bob.presences.delete({ presenceId: 'bob-laptop' });
    await inbox.event('eve-phone', 'upsert');
    await inbox.event('bob-laptop', 'delete');
    await inbox.event('eve-phone', 'delete');
    inbox.all.forEach(follow);

    same([...onlineUsers.keys()], []);
});

test('A query narrows a subscription on the server', async () => {
    const ada = gateway.user('ada');
    const online = await ada.subscribe(Channel.presences(), [Query.equal('status', ['online'])]);

    await gateway.present('away-player', 'away');
    await gateway.present('online-player', 'online');
    await online.event('online-player', 'upsert');

    same(online.names, ['presences.online-player.upsert']);
});

test('A subscription follows one presence by its channel', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presence('watched'));

    await gateway.present('other');
    await gateway.present('watched', 'editing');
    await inbox.event('watched', 'upsert');

    same(inbox.names, ['presences.watched.upsert']);
});

test('A presence of Realtime.upsertPresence ends with the socket', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());

    await ada.realtime.upsertPresence({
        presenceId: 'ada-tab',
        status: 'online',
        permissions: [Permission.read(Role.users())],
        metadata: { documentId: 'plan' },
    });
    const { payload } = await inbox.event('ada-tab', 'upsert');
    await ada.leave();
    await inbox.event('ada-tab', 'delete');

    assert.equal(payload.status, 'online');
    assert.equal(payload.userId, 'ada');
    same(payload.metadata, { documentId: 'plan' });
    assert.equal((await bob.presences.list()).total, 0);
});

test('The pattern of the documentation, permission to read alone, does not lock its owner out (Appwrite: 401)', async () => {
    const { presences } = gateway.user('ada');
    const permissions = [Permission.read(Role.users())];

    await presences.upsert({ presenceId: 'ada-1', status: 'online', permissions });
    await presences.upsert({ presenceId: 'ada-1', status: 'away', permissions });
    await presences.update({ presenceId: 'ada-1', status: 'busy' });
    await presences.delete({ presenceId: 'ada-1' });

    assert.equal((await presences.list()).total, 0);
});

test('Queries see into metadata (Appwrite: refused when listing, never matching when subscribed)', async () => {
    const ada = gateway.user('ada');
    const inPlan = [Query.equal('metadata.documentId', 'plan')];
    const inbox = await ada.subscribe(Channel.presences(), inPlan);

    await gateway.present('p1', 'editing', { metadata: { documentId: 'sketch' } });
    await gateway.present('p2', 'editing', { metadata: { documentId: 'plan' } });
    await inbox.event('p2', 'upsert');

    same(inbox.names, ['presences.p2.upsert']);
    same((await ada.presences.list({ queries: inPlan })).presences.map(({ $id }) => $id), ['p2']);
});
