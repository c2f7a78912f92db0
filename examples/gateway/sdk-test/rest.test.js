import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const MINUTE = 60_000;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;

const gateway = await Gateway.start();
const asAda = { 'X-Appwrite-Session': 'ada-secret' };

test('PUT answers 200 with the whole presence, whether it made or changed it', async () => {
    const put = () => gateway.fetch('/v1/presences/p1', { method: 'PUT', headers: asAda, body: '{"status":"online"}' });

    const made = await put();
    const again = await put();

    assert.equal(made.status, 200);
    assert.equal(again.status, 200);
    same(Object.keys(await made.json()),
        ['$id', '$createdAt', '$updatedAt', '$permissions', 'userId', 'status', 'source', 'expiresAt', 'metadata']);
});

test('A presence has the fields of the model', async () => {
    const presence = await gateway.user('ada').presences.upsert({ presenceId: 'p1', status: 'online' });

    assert.equal(presence.$id, 'p1');
    assert.equal(presence.userId, 'ada');
    assert.equal(presence.status, 'online');
    assert.equal(presence.source, 'rest');
    assert.match(presence.$createdAt, ISO);
    assert.match(presence.$updatedAt, ISO);
    assert.match(presence.expiresAt, ISO);
    assert.equal(presence.$sequence, undefined);
});

test('GraphQL as a source is known by its header', async () => {
    const headers = { ...asAda, 'x-appwrite-source': 'graphql' };
    const response = await gateway.fetch('/v1/presences/p1', { method: 'PUT', headers, body: '{"status":"online"}' });

    assert.equal((await response.json()).source, 'graphql');
});

test('Without expiresAt a presence lives for 15 minutes', async () => {
    const before = Date.now();
    const { expiresAt } = await gateway.user('ada').presences.upsert({ presenceId: 'p1', status: 'online' });

    const lifetime = Date.parse(expiresAt) - before;
    assert.ok(lifetime >= 15 * MINUTE && lifetime < 16 * MINUTE, `${lifetime}`);
});

test('An upsert resets what it leaves out', async () => {
    const { presences } = gateway.user('ada');
    const soon = new Date(Date.now() + 2 * MINUTE).toISOString();
    await presences.upsert({
        presenceId: 'p1', status: 'online', permissions: ['read("any")'], expiresAt: soon, metadata: { page: 1 },
    });

    const again = await presences.upsert({ presenceId: 'p1', status: 'away' });

    assert.equal(Object.keys(again.metadata).length, 0);
    assert.ok(!again.$permissions.includes('read("any")'));
    assert.ok(Date.parse(again.expiresAt) - Date.now() > 14 * MINUTE);
});

test('A patch keeps what it leaves out, and replaces metadata as a whole', async () => {
    const { presences } = gateway.user('ada');
    await presences.upsert({ presenceId: 'p1', status: 'online', permissions: ['read("any")'], metadata: { a: 1, b: 2 } });

    const renamed = await presences.update({ presenceId: 'p1', status: 'away' });
    const replaced = await presences.update({ presenceId: 'p1', metadata: { c: 3 } });

    same([renamed.status, renamed.metadata, renamed.$permissions], ['away', { a: 1, b: 2 }, ['read("any")']]);
    same([replaced.status, replaced.metadata], ['away', { c: 3 }]);
});

test('A patch of nothing answers the presence as it is', async () => {
    const { presences } = gateway.user('ada');
    const made = await presences.upsert({ presenceId: 'p1', status: 'online' });

    const same = await presences.update({ presenceId: 'p1', purge: true });

    assert.equal(same.status, 'online');
    assert.equal(same.$createdAt, made.$createdAt);
});

test('GET answers the presence, DELETE ends it with 204', async () => {
    const { presences } = gateway.user('ada');
    const made = await presences.upsert({ presenceId: 'p1', status: 'online' });

    const got = await presences.get({ presenceId: 'p1' });
    const gone = await gateway.fetch('/v1/presences/p1', { method: 'DELETE', headers: asAda, body: '{}' });

    same(got, made);
    assert.equal(gone.status, 204);
    assert.equal(await gone.text(), '');
    await refused(presences.get({ presenceId: 'p1' }), 404, 'presence_not_found');
});

test('An expired presence can neither be got, changed nor listed', async () => {
    const ada = gateway.user('ada');
    const inbox = await ada.subscribe('presences.p1');
    const expiresAt = new Date(Date.now() + 200).toISOString();
    await ada.presences.upsert({ presenceId: 'p1', status: 'online', expiresAt });
    await inbox.event('p1', 'delete');

    await refused(ada.presences.get({ presenceId: 'p1' }), 404, 'presence_not_found');
    await refused(ada.presences.update({ presenceId: 'p1', status: 'away' }), 404, 'presence_not_found');
    assert.equal((await ada.presences.list()).total, 0);
});

test('A user has as many presences as ids (Appwrite: one, and the id of the first wins)', async () => {
    const { presences } = gateway.user('ada');

    const laptop = await presences.upsert({ presenceId: 'laptop', status: 'online' });
    const phone = await presences.upsert({ presenceId: 'phone', status: 'away' });

    same([laptop.$id, phone.$id], ['laptop', 'phone']);
    assert.equal((await presences.list()).total, 2);
});

test('Metadata may be given as the text of an object, and may be empty', async () => {
    const { presences } = gateway.user('ada');

    const told = await presences.upsert({ presenceId: 'p1', status: 'online', metadata: '{"page":"/"}' });
    const empty = await presences.upsert({ presenceId: 'p2', status: 'online', metadata: [] });

    same(told.metadata, { page: '/' });
    assert.equal(Object.keys(empty.metadata).length, 0);
});

test('Metadata comes back as it was given', async () => {
    const metadata = { text: 'ж 😀', number: 1.5, yes: true, none: null, list: [1, ['a']], deep: { er: { still: 1 } } };

    const { metadata: told } = await gateway.user('ada').presences.upsert({ presenceId: 'p1', status: 'online', metadata });

    same(JSON.parse(JSON.stringify(told)), metadata);
});

test('There is no POST', async () => {
    const response = await gateway.fetch('/v1/presences', { method: 'POST', headers: asAda, body: '{"status":"online"}' });

    assert.ok(response.status === 404 || response.status === 405, `${response.status}`);
});
