import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as web25 from 'appwrite-25';
import * as web26 from 'appwrite-26';
import * as web27 from 'appwrite-27';
import * as web28 from 'appwrite';
import * as admin from 'node-appwrite';
import { Gateway } from './support/gateway.js';
import { native } from './support/native.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

/** The option that React Native's SDK needs: the platform that its apps name is a web site to the gateway. */
const gateway = await Gateway.start('--origin', 'com.example.app');
const SERVERS = { gateway, 'minimal-gateway': await Gateway.startMinimal() };

const SDKS = { 'appwrite 25.2': web25, 'appwrite 26.2': web26, 'appwrite 27.0': web27, 'appwrite 28.0': web28, 'react-native-appwrite 0.31': native };
const EVERYBODY = ['read("any")'];
const statuses = (list) => list.presences.map(({ $id, status }) => [$id, status]).sort();

for (const [server, gateway] of Object.entries(SERVERS)) for (const [version, sdk] of Object.entries(SDKS)) {
    const name = `${version} and ${server}`;
    const { Account, Channel, Client, Presences, Query } = sdk;

    /** An anonymous session, as a page gets it. */
    async function signedIn() {
        await gateway.guest(sdk).account.createAnonymousSession();
        const secret = JSON.parse(localStorage.getItem('cookieFallback')).a_session_demo;
        localStorage.clear();
        return gateway.withSecret(secret, sdk);
    }

    test(`${name}: anonymous session, upsert, get, list, list with queries, update, delete`, async () => {
        const me = await signedIn();
        const { $id } = await me.account.get();

        const made = await me.presences.upsert({ presenceId: 'mine', status: 'online', metadata: { room: 'a' } });
        same([made.$id, made.userId, made.status, made.metadata], ['mine', $id, 'online', { room: 'a' }]);
        await gateway.present('theirs', 'away');
        assert.equal((await me.presences.get({ presenceId: 'theirs' })).status, 'away');
        same(statuses(await me.presences.list()), [['mine', 'online'], ['theirs', 'away']]);
        const queries = [Query.equal('status', 'online'), Query.equal('metadata.room', 'a'), Query.limit(5)];
        same(statuses(await me.presences.list({ queries })), [['mine', 'online']]);
        assert.equal((await me.presences.update({ presenceId: 'mine', status: 'busy' })).status, 'busy');
        await me.presences.delete({ presenceId: 'mine' });
        await refused(me.presences.get({ presenceId: 'mine' }), 404, 'presence_not_found');
    });

    test(`${name}: subscribe, filter entered and left, one presence and its actions, expiry, update and unsubscribe`, async () => {
        const me = await signedIn();
        const all = await me.subscribe(Channel.presences());
        const online = await me.subscribe(Channel.presences(), [Query.equal('status', 'online')]);
        const one = await me.subscribe(Channel.presence('p1'));
        const actions = Object.fromEntries(await Promise.all(['upsert', 'update', 'delete'].map(
            async (action) => [action, await me.subscribe(Channel.presence('p1')[action]())])));

        await gateway.present('p1', 'away');
        await one.event('p1', 'upsert');
        await actions.upsert.event('p1', 'upsert');
        await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'online' });
        await online.event('p1', 'upsert');
        await actions.update.event('p1', 'update');
        await gateway.server.update({ presenceId: 'p1', userId: 'ada', status: 'busy' });
        await online.event('p1', 'delete');
        await gateway.server.delete({ presenceId: 'p1' });
        await actions.delete.event('p1', 'delete');
        await gateway.present('p2', 'online', { expiresAt: new Date(Date.now() + 300).toISOString() });
        await all.event('p2', 'delete');
        await online.event('p2', 'delete');

        await online.subscription.update({ queries: [Query.equal('status', 'busy')] });
        await me.acknowledged(online.id, 2);
        await all.subscription.unsubscribe();
        await me.response('unsubscribe');
        await gateway.present('p3', 'online');
        await gateway.present('p4', 'busy');
        await online.event('p4', 'upsert');
        assert.equal([...all.names, ...online.names].includes('presences.p3.upsert'), false);
        assert.equal(all.names.includes('presences.p4.upsert'), false);
        same(one.names, ['presences.p1.upsert', 'presences.p1.update', 'presences.p1.update', 'presences.p1.delete']);
        same(me.errors.all, []);
    });

    test(`${name}: a presence over the socket, and its end`, async () => {
        const me = await signedIn();
        const watcher = gateway.user('bob', sdk);
        const inbox = await watcher.subscribe(Channel.presence('p1'));
        await me.connect();

        await me.realtime.upsertPresence({ presenceId: 'p1', status: 'online', permissions: EVERYBODY, metadata: { page: '/' } });
        same((await inbox.event('p1', 'upsert')).payload.metadata, { page: '/' });
        await me.leave();

        await inbox.event('p1', 'delete');
    });

    test(`${name}: a token stands for a session, and a guest is refused`, async () => {
        const me = await signedIn();
        const { jwt } = await me.account.createJWT();
        const client = new Client().setEndpoint(`${gateway.url}/v1`).setProject('demo').setJWT(jwt);
        client.setPlatform?.('com.example.app');

        assert.equal((await new Account(client).get()).$id, (await me.account.get()).$id);
        await new Presences(client).upsert({ presenceId: 'p1', status: 'online' });
        const guest = gateway.guest(sdk);
        await refused(guest.presences.list(), 401, 'general_unauthorized_scope');
        await guest.connect();
        guest.realtime.upsertPresence({ presenceId: 'p2', status: 'online' });

        same(await guest.errors.first('a refusal'), { message: 'User must be authorized', code: 401 });
    });
}

test('react-native-appwrite: without the option its socket is refused with 1008, and it does not come back', async () => {
    const other = gateway.guest(native);
    other.client.setPlatform('com.example.other');
    const subscribed = other.realtime.subscribe('presences', () => {});

    const { message, code } = await other.errors.first('a refusal');

    assert.equal(code, 1008);
    assert.match(message, /^Invalid Origin\. Register your new client \(com\.example\.other\)/);
    assert.equal((await other.socket.closed).code, 1008);
    await subscribed;
});

for (const [name, gateway] of Object.entries(SERVERS)) test(`node-appwrite and ${name}: upsert, get, list, list with queries, update, delete, and a key without the scope`, async () => {
    const { server } = gateway;
    await server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online', metadata: { n: 1 } });
    await server.upsert({ presenceId: 'p2', userId: 'bob', status: 'away' });

    assert.equal((await server.get({ presenceId: 'p1' })).userId, 'ada');
    same(statuses(await server.list()), [['p1', 'online'], ['p2', 'away']]);
    same(statuses(await server.list({ queries: [admin.Query.greaterThan('metadata.n', 0)] })), [['p1', 'online']]);
    assert.equal((await server.update({ presenceId: 'p1', userId: 'ada', status: 'busy' })).status, 'busy');
    await server.delete({ presenceId: 'p1' });
    await refused(server.get({ presenceId: 'p1' }), 404, 'presence_not_found');
    await refused(gateway.serverWith('read-key').delete({ presenceId: 'p2' }), 401, 'general_unauthorized_scope');
});
