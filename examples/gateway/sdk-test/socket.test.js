import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, Query } from 'appwrite';
import { RecordingSocket } from './support/browser.js';
import { Gateway } from './support/gateway.js';
import { Journal } from './support/journal.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();

/** Sends a message without the SDK and waits for the error. */
async function errorOf(message, user = gateway.user('bob')) {
    await user.connect();
    user.send(message);
    return user.errors.first('an error');
}

test('The first frame is connected; then the SDK authenticates, subscribes and says its presence at once', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presence('p1'));
    const [connected, authenticated, subscribed] = ada.socket.frames.all;

    same(connected, { type: 'connected', data: { channels: [], subscriptions: [], user: null } });
    same([authenticated.data.to, authenticated.data.success, authenticated.data.user.$id], ['authentication', true, 'ada']);
    same(subscribed, {
        type: 'response',
        data: {
            to: 'subscribe',
            success: true,
            subscriptions: [{ subscriptionId: inbox.id, channels: ['presences.p1'], queries: [] }],
        },
    });
});

test('A presence that is said together with authentication and subscription is that of the user', async () => {
    const ada = gateway.user('ada');
    const subscribed = ada.subscribe(Channel.presences());
    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online' });

    const inbox = await subscribed;

    assert.equal((await inbox.event('p1', 'upsert')).payload.userId, 'ada');
    same(ada.errors.all, []);
});

test('A presence is answered with the presence, and its writer hears of it too', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presences());

    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online', metadata: { page: '/' }, permissions: ['read("any")'] });

    const { presence } = await ada.response('presence');
    assert.equal(presence.$id, 'p1');
    assert.equal(presence.source, 'realtime');
    same(presence.metadata, { page: '/' });
    same(presence.$permissions, ['read("any")']);
    await inbox.event('p1', 'upsert');
});

test('A presence over the socket keeps the metadata that it leaves out', async () => {
    const ada = gateway.user('ada');
    await ada.connect();
    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online', metadata: { page: '/' } });
    await ada.response('presence');
    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'away' });

    const { presence } = await ada.response('presence', 2);

    assert.equal(presence.status, 'away');
    same(presence.metadata, { page: '/' });
});

test('A presence without an id, or with unique(), gets one, the same for all of a socket', async () => {
    const ada = gateway.user('ada');
    await ada.connect();

    ada.send({ type: 'presence', data: { status: 'online' } });
    const first = (await ada.response('presence')).presence.$id;
    ada.send({ type: 'presence', data: { status: 'away', presenceId: 'unique()' } });
    const second = (await ada.response('presence', 2)).presence;

    assert.match(first, /^[A-Za-z0-9]{10,36}$/);
    same([second.$id, second.status], [first, 'away']);
});

test('A ping is answered by a pong, in order with the other messages', async () => {
    const bob = gateway.user('bob');
    await bob.connect();

    bob.send({ type: 'ping' });

    same(await bob.socket.frames.first('a pong', ({ type }) => type === 'pong'), { type: 'pong' });
});

test('Frames of a connection are answered in their order', async () => {
    const bob = gateway.user('bob');
    await bob.connect();
    const before = bob.socket.frames.all.length;

    for (let i = 0; i < 50; i++) {
        bob.send({ type: 'presence', data: { status: `s${i}`, presenceId: 'p1' } });
        bob.send({ type: 'subscribe', data: [{ subscriptionId: `s${i}`, channels: ['nothing'] }] });
        bob.send({ type: 'ping' });
    }
    await bob.socket.frames.atLeast(50, 'pongs', ({ type }) => type === 'pong');

    const told = bob.socket.frames.all.slice(before).map(({ type, data }) =>
        type === 'pong' ? 'pong' : data.presence?.status ?? data.subscriptions[0].subscriptionId);
    same(told, Array.from({ length: 50 }, (_, i) => [`s${i}`, `s${i}`, 'pong']).flat());
});

test('A batch of subscriptions is answered in its order', async () => {
    const bob = gateway.user('bob');
    await bob.connect();
    const queries = [Query.equal('status', 'online')];

    bob.send({ type: 'subscribe', data: [{ subscriptionId: 's1', channels: ['presences'], queries }, { channels: ['nothing'] }] });
    const { subscriptions } = await bob.response('subscribe', 2);

    same(subscriptions[0], { subscriptionId: 's1', channels: ['presences'], queries });
    assert.ok(subscriptions[1].subscriptionId.length > 0);
    same(subscriptions[1].channels, ['nothing']);
});

test('Of an id that is twice in a batch, the last counts', async () => {
    const bob = gateway.user('bob');
    await bob.connect();
    bob.send({ type: 'subscribe', data: [
        { subscriptionId: 's1', channels: ['presences.p1'] },
        { subscriptionId: 's1', channels: ['presences.p2'] },
    ] });
    await bob.response('subscribe', 2);

    await gateway.present('p1');
    await gateway.present('p2');
    await bob.socket.frames.first('p2', ({ data }) => data?.payload?.$id === 'p2');
    await gateway.fence(bob);

    same(bob.socket.frames.all.filter(({ data }) => data?.payload?.$id === 'p1'), []);
});

test('Giving up what was not asked for is answered with removed: false', async () => {
    const bob = gateway.user('bob');
    await bob.connect();

    bob.send({ type: 'unsubscribe', data: [{ subscriptionId: 'nowhere' }] });

    same((await bob.response('unsubscribe')).subscriptions, [{ subscriptionId: 'nowhere', removed: false }]);
});

const wrong = {
    'no JSON': ['{', /not valid/],
    'a list': ['[]', /^Message format is not valid\.$/],
    'neither type nor data': [{}, /^Message format is not valid\.$/],
    'an unknown type': [{ type: 'shout', data: {} }, /^Message type is not valid\.$/],
    'a type that is no text': [{ type: 5, data: {} }, /^Message type is not valid\.$/],
    'no session': [{ type: 'authentication', data: {} }, /^Payload is not valid\. Session is required$/],
    'a wrong session': [{ type: 'authentication', data: { session: 'nope' } }, /^Session is not valid\.$/],
    'no status': [{ type: 'presence', data: { presenceId: 'p1' } }, /^Payload is not valid\. Status is required$/],
    'a wrong presence id': [{ type: 'presence', data: { presenceId: '.p', status: 'x' } }, /^presenceId: /],
    'a subscription that is no list': [{ type: 'subscribe', data: {} }, /Payload is not valid\.$/],
    'a subscription that is no object': [{ type: 'subscribe', data: [5] }, /Each subscribe payload must be an object\.$/],
    'a wrong subscription id': [{ type: 'subscribe', data: [{ subscriptionId: '$', channels: [] }] }, /subscriptionId is not a valid id\.$/],
    'no channels': [{ type: 'subscribe', data: [{ subscriptionId: 's' }] }, /channels is not present in payload\.$/],
    'channels that are no list': [{ type: 'subscribe', data: [{ channels: 'presences' }] }, /channels is not a valid array\.$/],
    'channels that are no texts': [{ type: 'subscribe', data: [{ channels: [5] }] }, /channels must contain only strings\.$/],
    'queries that are no list': [{ type: 'subscribe', data: [{ channels: [], queries: 'x' }] }, /queries is not a valid array\.$/],
    'a query that is no JSON': [{ type: 'subscribe', data: [{ channels: ['presences'], queries: ['{'] }] }, /^Invalid query: /],
    'a query of an unknown method': [{ type: 'subscribe', data: [{ channels: ['presences'], queries: ['{"method":"foo"}'] }] }, /^Invalid query: /],
    'giving up without an id': [{ type: 'unsubscribe', data: [{}] }, /Each unsubscribe payload must include a non-empty subscriptionId\.$/],
};

for (const [what, [message, text]] of Object.entries(wrong)) {
    test(`A message with ${what} is answered by error 1003, and the socket stays open`, async () => {
        const bob = gateway.user('bob');

        const error = await errorOf(message, bob);
        bob.send({ type: 'ping' });
        await bob.socket.frames.first('a pong', ({ type }) => type === 'pong');

        assert.equal(error.code, 1003);
        assert.match(error.message, text);
    });
}

test('One wrong row is refused by itself (Appwrite: the whole batch)', async () => {
    const bob = gateway.user('bob');
    await errorOf({ type: 'subscribe', data: [{ subscriptionId: 's1', channels: ['presences'] }, { subscriptionId: 's2' }] }, bob);

    bob.send({ type: 'unsubscribe', data: [{ subscriptionId: 's1' }, { subscriptionId: 's2' }] });

    same((await bob.response('unsubscribe')).subscriptions.map(({ removed }) => removed), [true, false]);
});

test('A refused subscription comes again with each reconnect, and harms no other', async () => {
    const bob = gateway.user('bob');
    const good = await bob.subscribe(Channel.presences());
    await bob.realtime.subscribe(Channel.presences(), () => {}, ['{"method":"foo"}']);
    await bob.errors.first('a refusal');

    bob.socket.terminate();

    await bob.errors.atLeast(2, 'the refusal after the reconnect');
    await bob.acknowledged(good.id);
    await gateway.present('p1');
    await good.event('p1', 'upsert');
    const frame = JSON.parse(bob.socket.sent.find((text) => text.includes('"subscribe"')));
    assert.equal(frame.data.length, 2);
});

test('Two subscriptions of one tick are both live, though the SDK says so before there is a socket', async () => {
    const bob = gateway.user('bob');
    const inboxes = [new Journal('first'), new Journal('second')];
    const made = Promise.all(inboxes.map((inbox) => bob.realtime.subscribe(Channel.presences(), (event) => inbox.add(event))));
    const ids = [...bob.realtime.activeSubscriptions.keys()];
    await made;
    await Promise.all(ids.map((id) => bob.acknowledged(id)));

    await gateway.present('p1');

    await Promise.all(inboxes.map((inbox) => inbox.first('p1', ({ payload }) => payload.$id === 'p1')));
    const frames = bob.socket.frames.all.filter(({ data }) => data?.payload?.$id === 'p1');
    same(frames.map(({ data }) => [...data.subscriptions].sort()), [[...ids].sort()]);
});

test('Integers and decimals come through the SDK digit by digit', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    const metadata = { nanos: 1790000000000000000n, sum: 0.1 + 0.2, big: 2n ** 70n };

    await bob.presences.upsert({ presenceId: 'p1', status: 'x', metadata });

    const { payload } = await inbox.event('p1', 'upsert');
    assert.equal(BigInt(payload.metadata.nanos.toString()), 1790000000000000000n);
    assert.equal(payload.metadata.sum, 0.30000000000000004);
    const answer = await gateway.fetch('/v1/presences/p1', { headers: { 'X-Appwrite-Session': 'bob-secret' } });
    const text = await answer.text();
    for (const written of ['"nanos":1790000000000000000', '"sum":0.30000000000000004', '"big":1180591620717411303424']) {
        assert.ok(text.includes(written), text);
    }
});

test('A guest may not say a presence: error 401', async () => {
    const error = await errorOf({ type: 'presence', data: { status: 'online', presenceId: 'p1' } }, gateway.guest());

    same(error, { code: 401, message: 'User must be authorized' });
});

test('An id that another user has is refused: error 409', async () => {
    await gateway.present('taken');

    assert.equal((await errorOf({ type: 'presence', data: { status: 'online', presenceId: 'taken' } })).code, 409);
});

test('A role that the user does not have can not be granted: error 401', async () => {
    const presence = { status: 'online', presenceId: 'p1', permissions: ['read("team:red")'] };

    assert.equal((await errorOf({ type: 'presence', data: presence })).code, 401);
});

test('Queries that Appwrite can only list by work here too (Appwrite: error 1003)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences(), [Query.startsWith('status', 'on'), Query.between('metadata.n', 1, 3)]);

    await gateway.present('p1', 'online', { metadata: { n: 4 } });
    await gateway.present('p2', 'online', { metadata: { n: 2 } });
    await inbox.event('p2', 'upsert');

    same(inbox.names, ['presences.p2.upsert']);
});

test('select(*) means everything; another choice of fields is refused with 1003 (Appwrite: 0)', async () => {
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences(), [Query.select(['*'])]);
    await gateway.present('p1');
    await inbox.event('p1', 'upsert');

    const error = await errorOf({ type: 'subscribe', data: [{ channels: ['presences'], queries: [Query.select(['status'])] }] }, bob);

    assert.equal(error.code, 1003);
});

test('A snapshot comes first, then live events, with nothing lost between (Appwrite: no snapshots)', async () => {
    const bob = gateway.user('bob');
    await bob.connect();
    await gateway.present('p1', 'online');
    await gateway.present('p2', 'away');
    const row = { subscriptionId: 's1', channels: ['presences'], queries: [Query.equal('status', 'online')], snapshot: true };

    bob.send({ type: 'subscribe', data: [row] });
    const synced = await bob.socket.frames.first('synced', ({ type }) => type === 'synced');
    await gateway.present('p3', 'online');
    await bob.socket.frames.first('p3', ({ data }) => data?.payload?.$id === 'p3');

    const events = bob.socket.frames.all.filter(({ type }) => type === 'event').map(({ data }) => data);
    same(events.map(({ payload, snapshot }) => [payload.$id, snapshot ?? false]), [['p1', true], ['p3', false]]);
    assert.equal(events[0].events[0], 'presences.p1.upsert');
    assert.equal(synced.data.subscriptionId, 's1');
    assert.ok(Number.isInteger(synced.data.revision));
});

test('SDK reconnects by itself and has its subscriptions and its presence again', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presences());
    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online' });
    await inbox.event('p1', 'upsert');

    ada.socket.terminate();

    await inbox.atLeast(2, 'p1 a second time', ({ events }) => events[0] === 'presences.p1.upsert');
    assert.equal((await ada.presences.get({ presenceId: 'p1' })).status, 'online');
});

test('The deprecated client.subscribe works as well', async () => {
    const { client } = gateway.user('bob');
    const before = RecordingSocket.opened.all.length;
    const inbox = new Journal('events');

    const unsubscribe = client.subscribe('presences', (event) => inbox.add(event.events[0]));
    const socket = (await RecordingSocket.opened.atLeast(before + 1, 'a socket')).at(-1);
    await socket.frames.first('an answer', ({ data }) => data?.to === 'subscribe');
    await gateway.present('p1');
    await inbox.first('an event');

    same(inbox.all, ['presences.p1.upsert']);
    unsubscribe();
    client.realtime.reconnect = false;
    clearInterval(client.realtime.heartbeat);
    socket.close();
    await socket.closed;
});

test('A presence with expiresAt ends by itself, whatever the socket sends (Appwrite: expiresAt is not read)', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe('presences.p1');
    await ada.connect();
    const expiresAt = new Date(Date.now() + 400).toISOString();

    ada.send({ type: 'presence', data: { presenceId: 'p1', status: 'typing', permissions: ['read("any")'], expiresAt } });
    await ada.response('presence');
    ada.send({ type: 'ping' });

    assert.equal((await inbox.event('p1', 'delete')).payload.$reason, 'expired');
});

test('A subscription continues from its last token on another socket (Appwrite: no tokens)', async () => {
    const row = { subscriptionId: 's1', channels: ['presences'], queries: [], resume: true };
    const before = gateway.user('bob');
    await before.connect();
    before.send({ type: 'subscribe', data: [row] });
    await before.response('subscribe', 2);
    await gateway.present('p1');
    const { data: { token } } = await before.socket.frames.first('a token', ({ type }) => type === 'token');
    await before.leave();
    await gateway.present('p2');

    const after = gateway.user('bob');
    await after.connect();
    after.send({ type: 'subscribe', data: [{ ...row, resume: token }] });
    await after.socket.frames.first('the end of what was missed', ({ type }) => type === 'synced');

    const missed = after.socket.frames.all.filter(({ type }) => type === 'event').map(({ data }) => data.events[0]);
    same(missed, ['presences.p2.upsert']);
});
