import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel } from 'appwrite';
import WebSocket from 'ws';
import { Journal } from './support/journal.js';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();

/** Opens a socket without the SDK, and returns what came over it and how it ended. */
function open(query = 'project=demo', headers = {}) {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/v1/realtime?${query}`, { headers });
    const frames = new Journal('frames');
    const closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
    socket.on('message', (data) => frames.add(JSON.parse(data)));
    socket.on('error', (error) => frames.add({ type: 'failed', message: error.message }));
    return { socket, frames, closed, connected: () => frames.first('connected', ({ type }) => type === 'connected') };
}

async function anonymous() {
    const { account } = gateway.guest();
    await account.createAnonymousSession();
    const encoded = JSON.parse(localStorage.getItem('cookieFallback')).a_session_demo;
    return { account, encoded };
}

test('An anonymous session is a user, whose session the SDK keeps', async () => {
    const guest = gateway.guest();

    const session = await guest.account.createAnonymousSession();
    const me = await guest.account.get();

    assert.equal(session.provider, 'anonymous');
    assert.equal(session.secret, '');
    assert.equal(session.userId, me.$id);
    assert.equal(me.emailVerification, false);
    await guest.presences.upsert({ presenceId: 'p1', status: 'online' });
});

test('The session and the account have the keys of their models', async () => {
    const guest = gateway.guest();
    const session = await guest.account.createAnonymousSession();
    const me = await guest.account.get();

    for (const key of ['$id', '$createdAt', '$updatedAt', 'userId', 'expire', 'provider', 'ip', 'clientName', 'current', 'factors']) {
        assert.ok(key in session, `session.${key}`);
    }
    for (const key of ['$id', '$createdAt', '$updatedAt', 'name', 'registration', 'status', 'labels', 'email', 'prefs', 'targets', 'accessedAt']) {
        assert.ok(key in me, `account.${key}`);
    }
});

test('An anonymous session sets a cookie that scripts can not read, and answers 201', async () => {
    const response = await gateway.fetch('/v1/account/sessions/anonymous', { method: 'POST', body: '{}' });
    const cookie = response.headers.get('set-cookie');

    assert.equal(response.status, 201);
    assert.match(cookie, /^a_session_demo=/);
    assert.match(cookie, /httponly/i);
    assert.match(JSON.parse(response.headers.get('x-fallback-cookies')).a_session_demo, /./);
});

test('A session is taken as cookie, as header, and as fallback cookie', async () => {
    const { encoded } = await anonymous();
    const ways = [
        { Cookie: `a_session_demo=${encodeURIComponent(encoded)}` },
        { 'X-Appwrite-Session': encoded },
        { 'X-Fallback-Cookies': JSON.stringify({ a_session_demo: encoded }) },
    ];

    const ids = await Promise.all(ways.map(async (headers) => (await (await gateway.fetch('/v1/account', { headers })).json()).$id));

    assert.equal(new Set(ids).size, 1);
    assert.ok(ids[0]);
});

test('Without a session there is no account: 401 general_unauthorized_scope', async () => {
    await refused(gateway.guest().account.get(), 401, 'general_unauthorized_scope');
});

test('A session that is unknown is that of a guest', async () => {
    const response = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-Session': 'nope' } });

    assert.equal(response.status, 401);
});

test('A deleted session is of no use', async () => {
    const { account, encoded } = await anonymous();

    await account.deleteSession({ sessionId: 'current' });

    const response = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-Session': encoded } });
    assert.equal(response.status, 401);
});

test('A JWT stands for the user, over HTTP and at the socket', async () => {
    const { jwt } = await gateway.user('ada').account.createJWT();
    const { frames, socket } = open(`project=demo&jwt=${encodeURIComponent(jwt)}`);

    const connected = await frames.first('connected');
    const response = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-JWT': jwt } });

    assert.equal(connected.data.user.$id, 'ada');
    assert.equal((await response.json()).$id, 'ada');
    socket.close();
});

test('A JWT that is wrong, or beside a session, is refused', async () => {
    const { jwt } = await gateway.user('ada').account.createJWT();
    const wrong = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-JWT': `${jwt}x` } });
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${jwt.split('.')[1]}.`;
    const forged = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-JWT': unsigned } });
    const both = await gateway.fetch('/v1/account', { headers: { 'X-Appwrite-JWT': jwt, 'X-Appwrite-Session': 'ada-secret' } });

    same([wrong.status, (await wrong.json()).type], [401, 'user_jwt_invalid']);
    same([forged.status, (await forged.json()).type], [401, 'user_jwt_invalid']);
    same([both.status, (await both.json()).type], [403, 'user_jwt_and_cookie_set']);
});

test('A cookie at the upgrade makes the socket that of the user', async () => {
    const { account, encoded } = await anonymous();
    const { $id } = await account.get();
    const { socket, connected } = open('project=demo', { Cookie: `a_session_demo=${encodeURIComponent(encoded)}` });

    assert.equal((await connected()).data.user.$id, $id);
    socket.close();
});

test('A session of the SDK is authenticated in the socket, before it subscribes', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe(Channel.presences());

    await gateway.server.upsert({ presenceId: 'p1', userId: 'bob', status: 'online', permissions: ['read("user:ada")'] });

    await inbox.event('p1', 'upsert');
    same(ada.socket.sent.map((frame) => JSON.parse(frame).type), ['authentication', 'subscribe']);
});

test('An anonymous session is authenticated in the socket by the fallback cookie', async () => {
    const guest = gateway.guest();
    const { userId } = await guest.account.createAnonymousSession();

    await guest.connect();

    assert.equal((await guest.response('authentication')).user.$id, userId);
});

test('Subscriptions made as a guest see what the user may see after authentication', async () => {
    const { socket, frames, connected } = open();
    await connected();
    const send = (message) => socket.send(JSON.stringify(message));
    await gateway.server.upsert({ presenceId: 'p0', userId: 'bob', status: 'old', permissions: ['read("user:ada")'] });

    send({ type: 'subscribe', data: [{ subscriptionId: 's1', channels: ['presences'] }] });
    send({ type: 'authentication', data: { session: 'ada-secret' } });
    await frames.first('authenticated', ({ data }) => data?.to === 'authentication');
    await gateway.server.upsert({ presenceId: 'p1', userId: 'bob', status: 'new', permissions: ['read("user:ada")'] });

    const event = await frames.first('p1', ({ data }) => data?.payload?.$id === 'p1');
    same(event.data.subscriptions, ['s1']);
    socket.close();
});

test('A presence said over a socket ends with it after a second authentication too (Appwrite: it stays for 30 days)', async () => {
    const ada = gateway.user('ada');
    const bob = gateway.user('bob');
    const inbox = await bob.subscribe(Channel.presences());
    await ada.connect();
    ada.realtime.upsertPresence({ presenceId: 'p1', status: 'online', permissions: ['read("any")'] });
    await inbox.event('p1', 'upsert');

    ada.send({ type: 'authentication', data: { session: 'ada-secret' } });
    await ada.response('authentication', 2);
    await ada.leave();

    await inbox.event('p1', 'delete');
});

test('A socket without a known project receives the reason and is closed with 1008', async () => {
    for (const query of ['project=other', '']) {
        const { frames, closed } = open(query);

        const { data } = await frames.first('an error', ({ type }) => type === 'error');
        same(data, { code: 1008, message: 'Missing or unknown project ID' });
        assert.equal(await closed, 1008);
    }
});

test('A socket from another site receives the reason and is closed with 1008', async () => {
    const { frames, closed } = open('project=demo', { Origin: 'https://evil.example' });

    const { data } = await frames.first('an error', ({ type }) => type === 'error');
    assert.equal(data.code, 1008);
    assert.match(data.message, /^Invalid Origin\. Register your new client \(evil\.example\)/);
    assert.equal(await closed, 1008);
});

test('A socket from this site, or from no site, is welcome', async () => {
    for (const headers of [{ Origin: gateway.url }, {}]) {
        const { socket, connected } = open('project=demo', headers);

        assert.equal((await connected()).data.user, null);
        socket.close();
    }
});

test('The project may come in a header', async () => {
    const { socket, connected } = open('', { 'X-Appwrite-Project': 'demo' });

    await connected();
    socket.close();
});

test('A page of an allowed site may call with credentials', async () => {
    const headers = {
        Origin: 'http://localhost:3000',
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'content-type,x-appwrite-project,x-sdk-name,x-fallback-cookies',
    };
    const preflight = await gateway.fetch('/v1/presences/p1', { method: 'OPTIONS', headers });
    const call = await gateway.fetch('/v1/ping', { headers });

    assert.ok(preflight.ok);
    assert.match(preflight.headers.get('access-control-allow-methods'), /PUT/);
    assert.match(preflight.headers.get('access-control-allow-headers'), /x-appwrite-project/i);
    for (const response of [preflight, call]) {
        assert.equal(response.headers.get('access-control-allow-origin'), 'http://localhost:3000');
        assert.equal(response.headers.get('access-control-allow-credentials'), 'true');
    }
    assert.match(call.headers.get('access-control-expose-headers'), /X-Fallback-Cookies/i);
});

test('A page of another site gets no permission to read', async () => {
    const response = await gateway.fetch('/v1/ping', { headers: { Origin: 'https://evil.example' } });

    assert.notEqual(response.headers.get('access-control-allow-origin'), 'https://evil.example');
    assert.notEqual(response.headers.get('access-control-allow-origin'), '*');
});

test('client.ping() is answered', async () => {
    assert.match(await gateway.guest().client.ping(), /pong/i);
});
