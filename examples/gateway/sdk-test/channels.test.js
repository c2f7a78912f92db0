import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, Query } from 'appwrite';
import { Gateway } from './support/gateway.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();

/** An upsert and an update of two presences. */
async function lives() {
    for (const presenceId of ['p1', 'p2']) {
        await gateway.present(presenceId);
        await gateway.server.update({ presenceId, userId: 'ada', status: 'away' });
    }
}

/** The events of a channel without conflation: each write is awaited before the next. */
async function heard(channel) {
    const bob = gateway.user('bob');
    const all = await bob.subscribe(Channel.presences());
    const inbox = await bob.subscribe(channel);
    for (const id of ['p1', 'p2']) {
        await gateway.present(id);
        await all.event(id, 'upsert');
        await gateway.server.update({ presenceId: id, userId: 'ada', status: 'away' });
        await all.event(id, 'update');
        await gateway.server.delete({ presenceId: id });
        await all.event(id, 'delete');
    }
    await gateway.fence(bob);
    return inbox.names.filter((name) => !name.includes('fence')).map((name) => name.replace('presences.', ''));
}

const channels = {
    presences: [Channel.presences(), ['p1.upsert', 'p1.update', 'p1.delete', 'p2.upsert', 'p2.update', 'p2.delete']],
    'presences.<ID>': [Channel.presence('p1'), ['p1.upsert', 'p1.update', 'p1.delete']],
    'presences.upsert': ['presences.upsert', ['p1.upsert', 'p2.upsert']],
    'presences.update': ['presences.update', ['p1.update', 'p2.update']],
    'presences.delete': ['presences.delete', ['p1.delete', 'p2.delete']],
    'presences.<ID>.upsert': [Channel.presence('p1').upsert(), ['p1.upsert']],
    'presences.<ID>.update': [Channel.presence('p1').update(), ['p1.update']],
    'presences.<ID>.delete': [Channel.presence('p1').delete(), ['p1.delete']],
    'presences.<ID>.create, which never happens': [Channel.presence('p1').create(), []],
    'documents, of which nothing is known here': ['documents', []],
};

for (const [name, [channel, expected]] of Object.entries(channels)) {
    test(`Channel ${name}`, async () => {
        same(await heard(channel), expected);
    });
}

test('An id with dots has a channel of its own (Appwrite: the part before the dot)', async () => {
    const bob = gateway.user('bob');
    const dotted = await bob.subscribe(Channel.presence('a.b'));
    const short = await bob.subscribe(Channel.presence('a'));

    await gateway.present('a.b');
    await dotted.event('a.b', 'upsert');
    await gateway.fence(bob);

    assert.equal(short.all.length, 0);
});

test('An event on two channels of one subscription is sent once', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe([Channel.presences(), Channel.presence('p1')]);

    await gateway.present('p1');
    await inbox.event('p1', 'upsert');
    await gateway.fence(bob);

    assert.equal(inbox.names.filter((name) => name === 'presences.p1.upsert').length, 1);
});

test('An event of several subscriptions is one frame with all their ids', async () => {
    const bob = gateway.user('bob');
    const inboxes = [
        await bob.subscribe(Channel.presences()),
        await bob.subscribe(Channel.presence('p1')),
        await bob.subscribe(Channel.presences(), [Query.equal('status', 'online')]),
    ];
    await bob.subscribe(Channel.presences(), [Query.equal('status', 'away')]);

    await gateway.present('p1', 'online');
    const event = await inboxes[2].event('p1', 'upsert');
    await gateway.fence(bob);

    same([...event.subscriptions].sort(), inboxes.map(({ id }) => id).sort());
    assert.equal((await bob.socket.frames.all.filter(({ data }) => data?.payload?.$id === 'p1')).length, 1);
});

test('The channel account is that of the user', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(['account', 'account.update', 'account.x.y']);

    same((await bob.acknowledged(inbox.id)).channels, ['account', 'account.bob', 'account.bob.update']);
});

test('A subscription with other queries goes by those alone', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences(), [Query.equal('status', 'online')]);

    await inbox.subscription.update({ queries: [Query.equal('status', 'away')] });
    await bob.acknowledged(inbox.id, 2);
    await gateway.present('p1', 'online');
    await gateway.present('p2', 'away');
    await inbox.event('p2', 'upsert');

    same(inbox.names, ['presences.p2.upsert']);
});

test('A subscription with other channels hears those alone (Appwrite: the old ones too)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presence('p1'));

    await inbox.subscription.update({ channels: [Channel.presence('p2')] });
    await bob.acknowledged(inbox.id, 2);
    await lives();
    await gateway.fence(bob);

    // The two changes of p2 are one event if the second comes before the first is delivered.
    assert.ok(inbox.names.some((name) => name.startsWith('presences.p2.')));
    same(inbox.names.filter((name) => name.includes('.p1.')), []);
});

test('A subscription that was given up hears nothing, the others go on', async () => {
    const bob = gateway.user('bob');
    const [ended, other] = [await bob.subscribe(Channel.presences()), await bob.subscribe(Channel.presence('p1'))];

    await ended.subscription.unsubscribe();
    const { subscriptions } = await bob.response('unsubscribe');
    await gateway.present('p1');
    await other.event('p1', 'upsert');

    same(subscriptions, [{ subscriptionId: ended.id, removed: true }]);
    assert.equal(ended.all.length, 0);
});
