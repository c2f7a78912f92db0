import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, Query } from 'appwrite';
import { Gateway } from './support/gateway.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();
const online = [Query.equal('status', 'online')];
/** The payload of an event as a document of REST: without the two fields that events add. */
const document = ({ payload: { $revision, $reason, ...rest } }) => rest;
const reasons = async (user, inbox, id) => (await user.frame(await inbox.event(id, 'delete'))).data.reason;

test('An upsert, an update and a deletion have the names and channels of their action', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());

    await gateway.present('abc');
    await gateway.server.update({ presenceId: 'abc', userId: 'ada', status: 'away' });
    await inbox.event('abc', 'update');
    await gateway.server.delete({ presenceId: 'abc' });

    for (const action of ['upsert', 'update', 'delete']) {
        const event = await inbox.event('abc', action);
        same(event.events, [`presences.abc.${action}`, `presences.*.${action}`, 'presences.abc', 'presences.*']);
        same(event.channels, ['presences', 'presences.abc', `presences.${action}`, `presences.abc.${action}`]);
        assert.match(event.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/);
        same(event.subscriptions, [inbox.id]);
    }
});

test('The payload of an upsert and of an update is what REST answered', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());

    const made = await gateway.present('p1', 'online', { metadata: { page: '/' } });
    same(document(await inbox.event('p1', 'upsert')), made);
    const changed = await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'away' });
    same(document(await inbox.event('p1', 'update')), changed);
});

test('The payload of a deletion is the presence as it was, and says so: reason deleted', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    const made = await gateway.present('p1');
    await inbox.event('p1', 'upsert');

    await gateway.server.delete({ presenceId: 'p1' });

    same(document(await inbox.event('p1', 'delete')), made);
    assert.equal(await reasons(bob, inbox, 'p1'), 'deleted');
});

test('A presence written over a socket has the source realtime', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());

    await gateway.user('ada').realtime.upsertPresence({ presenceId: 'p1', status: 'online', permissions: ['read("any")'] });

    assert.equal((await inbox.event('p1', 'upsert')).payload.source, 'realtime');
});

test('Expiry is delivered: reason expired (Appwrite: nothing is sent)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());

    const made = await gateway.present('p1', 'typing', { expiresAt: new Date(Date.now() + 300).toISOString() });

    same(document(await inbox.event('p1', 'delete')), made);
    assert.equal(await reasons(bob, inbox, 'p1'), 'expired');
});

test('The end of a socket is delivered: reason disconnected', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online', permissions: ['read("any")'] });
    await inbox.event('p1', 'upsert');

    await ada.leave();

    assert.equal(await reasons(bob, inbox, 'p1'), 'disconnected');
});

test('Leaving a filter is delivered to that subscription alone: reason no-longer-matches (Appwrite: nothing is sent)', async () => {
    const bob = gateway.user('bob');
    const all = await bob.subscribe(Channel.presences());
    const filtered = await bob.subscribe(Channel.presences(), online);
    const made = await gateway.present('p1', 'online');
    await filtered.event('p1', 'upsert');

    await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'away' });

    same(document(await filtered.event('p1', 'delete')), made);
    assert.equal(await reasons(bob, filtered, 'p1'), 'no-longer-matches');
    assert.equal((await all.event('p1', 'update')).payload.status, 'away');
    same(all.names, ['presences.p1.upsert', 'presences.p1.update']);
});

test('Coming back into a filter is an upsert', async () => {
    const bob = gateway.user('bob');
    const filtered = await bob.subscribe(Channel.presences(), online);
    await gateway.present('p1', 'away');

    await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'online' });

    assert.equal((await filtered.event('p1', 'upsert')).payload.status, 'online');
});

test('Losing access is delivered with the last readable state: reason no-longer-readable (Appwrite: nothing is sent)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    const made = await gateway.present('p1', 'online');
    await inbox.event('p1', 'upsert');

    await gateway.present('p1', 'secret', { permissions: ['read("user:ada")'] });

    same(document(await inbox.event('p1', 'delete')), made);
    assert.equal(await reasons(bob, inbox, 'p1'), 'no-longer-readable');
});

test('Who may not read a presence hears nothing of it', async () => {
    const eve = gateway.user('eve');
    const guest = gateway.guest();
    const inboxes = [await eve.subscribe(Channel.presences()), await guest.subscribe(Channel.presences())];
    const ada = gateway.user('ada').presences;

    await ada.upsert({ presenceId: 'p1', status: 'online', permissions: ['read("team:blue")'] });
    await ada.update({ presenceId: 'p1', status: 'away' });
    await ada.delete({ presenceId: 'p1' });
    await gateway.fence(eve);
    await gateway.fence(guest);

    for (const inbox of inboxes) {
        same(inbox.names.filter((name) => name.includes('.p1.')), []);
    }
});

test('Guests receive the events of presences that any role may read', async () => {
    const guest = gateway.guest();
    const inbox = await guest.subscribe(Channel.presences());

    await gateway.present('p1');

    assert.equal((await inbox.event('p1', 'upsert')).payload.status, 'online');
});

test('The owner receives the events of a presence that no other user may read (Appwrite: no one does)', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presences());

    await ada.presences.upsert({ presenceId: 'p1', status: 'online', permissions: [] });

    await inbox.event('p1', 'upsert');
});

test('Internal fields are not delivered', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await gateway.present('p1');

    const { payload } = await inbox.event('p1', 'upsert');

    for (const field of ['userInternalId', 'permissionsHash', 'hostname', '$tenant', '$collection']) {
        assert.equal(field in payload, false, field);
    }
});

test('The callback of an SDK receives the revision, and the reason of a deletion, in the payload (Appwrite: none)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await gateway.present('p1');
    const made = await inbox.event('p1', 'upsert');
    await gateway.server.delete({ presenceId: 'p1' });
    const deleted = await inbox.event('p1', 'delete');

    same([made.payload.$reason, deleted.payload.$reason], [undefined, 'deleted']);
    assert.ok(deleted.payload.$revision > made.payload.$revision);
});

test('Every event has a revision, and they rise (Appwrite: none)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await gateway.present('p1', 'a');
    const first = await bob.frame(await inbox.event('p1', 'upsert'));
    await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'b' });
    const second = await bob.frame(await inbox.event('p1', 'update'));

    assert.ok(Number.isInteger(first.data.revision));
    assert.ok(second.data.revision > first.data.revision);
});

test('A deletion is delivered once, also when the socket that wrote the presence closes after it', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online', permissions: ['read("any")'] });
    await inbox.event('p1', 'upsert');

    await ada.presences.delete({ presenceId: 'p1' });
    await inbox.event('p1', 'delete');
    await ada.leave();
    await gateway.fence(bob);

    same(inbox.names.filter((name) => name.includes('.p1.')), ['presences.p1.upsert', 'presences.p1.delete']);
});

test('One of several sockets closes, and the presence stays for the others (Appwrite: it goes)', async () => {
    const [laptop, phone] = [gateway.user('ada'), gateway.user('ada')];
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    const presence = { presenceId: 'p1', permissions: ['read("any")'] };
    await laptop.realtime.upsertPresence({ ...presence, status: 'laptop' });
    await inbox.first('what the laptop wrote', ({ payload }) => payload.status === 'laptop');
    await phone.realtime.upsertPresence({ ...presence, status: 'phone' });
    await inbox.first('what the phone wrote', ({ payload }) => payload.status === 'phone');

    const socket = laptop.socket;
    await laptop.leave();
    await socket.closed;
    await gateway.fence(bob);
    assert.equal((await bob.presences.get({ presenceId: 'p1' })).status, 'phone');

    await phone.leave();
    await inbox.event('p1', 'delete');
});

test('A presence written by REST outlives sockets', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    await ada.connect();
    await ada.presences.upsert({ presenceId: 'p1', status: 'online', permissions: ['read("any")'] });

    const socket = ada.socket;
    await ada.leave();
    await socket.closed;
    await gateway.fence(bob);

    assert.equal((await bob.presences.get({ presenceId: 'p1' })).status, 'online');
});
