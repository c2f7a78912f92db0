import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const DAY = 86_400_000;

const gateway = await Gateway.start();
const at = (milliseconds) => new Date(Date.now() + milliseconds).toISOString();

const invalid = {
    'an id with a space': { presenceId: 'a%20b' },
    'an id that begins with a dot': { presenceId: '.a' },
    'an id that begins with an underscore': { presenceId: '_a' },
    'an id that begins with a dollar': { presenceId: '$a' },
    'unique() as an id': { presenceId: 'unique()' },
    'an id of 65 characters (Appwrite: 37)': { presenceId: 'a'.repeat(65) },
    'no status': { status: '' },
    'a status of 256 characters': { status: 'x'.repeat(256) },
    'a status that is no text': { status: { a: 1 } },
    'an expiry in the past': { expiresAt: at(-1000) },
    'an expiry in 31 days': { expiresAt: at(31 * DAY) },
    'an expiry that is no date': { expiresAt: 'tomorrow-ish' },
    'metadata that is a list': { metadata: [1] },
    'metadata that is no object': { metadata: 'text' },
    'permissions that are no list': { permissions: 'read("any")' },
    'a permission of no known form': { permissions: ['read(any)'] },
    'a permission to create': { permissions: ['create("any")'] },
    '101 permissions': { permissions: Array(101).fill('read("any")') },
};

for (const [what, wrong] of Object.entries(invalid)) {
    test(`An upsert with ${what} is refused: 400 general_argument_invalid`, async () => {
        const { presences } = gateway.user('ada');

        await refused(presences.upsert({ presenceId: 'p1', status: 'online', ...wrong }), 400, 'general_argument_invalid');

        assert.equal((await presences.list()).total, 0);
    });
}

for (const [what, wrong] of Object.entries(invalid).filter(([, given]) => !('presenceId' in given))) {
    test(`A patch with ${what} is refused: 400 general_argument_invalid`, async () => {
        const { presences } = gateway.user('ada');
        await presences.upsert({ presenceId: 'p1', status: 'online' });

        await refused(presences.update({ presenceId: 'p1', ...wrong }), 400, 'general_argument_invalid');

        assert.equal((await presences.get({ presenceId: 'p1' })).status, 'online');
    });
}

test('An expiry in 30 days and a status of 255 characters are taken', async () => {
    const status = 'ж'.repeat(255);
    const upsert = { presenceId: 'p1', status, expiresAt: at(30 * DAY - 5000) };

    assert.equal((await gateway.user('ada').presences.upsert(upsert)).status, status);
});

test('An id that ends in the name of an action is refused (Appwrite: taken, but its channel is ambiguous)', async () => {
    await refused(gateway.user('ada').presences.upsert({ presenceId: 'a.update', status: 'x' }), 400, 'general_argument_invalid');
});

test('Metadata that is too long is refused: 400 document_invalid_structure', async () => {
    const upsert = { presenceId: 'p1', status: 'online', metadata: { text: 'x'.repeat(65_536) } };

    await refused(gateway.user('ada').presences.upsert(upsert), 400, 'document_invalid_structure');
});

test('A guest may neither read nor write: 401 general_unauthorized_scope', async () => {
    const { presences } = gateway.guest();

    await refused(presences.upsert({ presenceId: 'p1', status: 'online' }), 401, 'general_unauthorized_scope');
    await refused(presences.update({ presenceId: 'p1', status: 'online' }), 401, 'general_unauthorized_scope');
    await refused(presences.list(), 401, 'general_unauthorized_scope');
    await refused(presences.get({ presenceId: 'p1' }), 401, 'general_unauthorized_scope');
    await refused(presences.delete({ presenceId: 'p1' }), 401, 'general_unauthorized_scope');
});

test('A session may not name a user: 401 general_unauthorized_scope', async () => {
    const response = await gateway.fetch('/v1/presences/p1', {
        method: 'PUT',
        headers: { 'X-Appwrite-Session': 'ada-secret' },
        body: JSON.stringify({ status: 'online', userId: 'bob' }),
    });

    assert.equal(response.status, 401);
    assert.equal((await response.json()).type, 'general_unauthorized_scope');
});

test('What does not exist, or may not be read, is not found: 404 presence_not_found', async () => {
    await gateway.user('ada').presences.upsert({ presenceId: 'secret', status: 'online' });
    const { presences } = gateway.user('eve');

    for (const presenceId of ['nowhere', 'secret']) {
        await refused(presences.get({ presenceId }), 404, 'presence_not_found');
        await refused(presences.update({ presenceId, status: 'away' }), 404, 'presence_not_found');
        await refused(presences.delete({ presenceId }), 404, 'presence_not_found');
    }
});

test('An id that another user has is taken: 409 presence_already_exists', async () => {
    const mine = await gateway.user('ada').presences.upsert({ presenceId: 'taken', status: 'online' });

    const error = await refused(
        gateway.user('eve').presences.upsert({ presenceId: 'taken', status: 'mine' }), 409, 'presence_already_exists');

    assert.match(error.message, /'taken' already exists/);
    same(await gateway.user('ada').presences.get({ presenceId: 'taken' }), mine);
});

test('An error says message, code, type and version', async () => {
    const response = await gateway.fetch('/v1/presences/nowhere', { headers: { 'X-Appwrite-Session': 'ada-secret' } });
    const body = await response.json();

    assert.match(response.headers.get('content-type'), /^application\/json/);
    same(Object.keys(body).sort(), ['code', 'message', 'type', 'version']);
    assert.equal(body.code, 404);
});

test('A body that is no JSON object is refused, and the gateway goes on', async () => {
    for (const body of ['{', '[]', '"text"', 'null', '{"status":'.repeat(5000)]) {
        const response = await gateway.fetch('/v1/presences/p1', {
            method: 'PUT', headers: { 'X-Appwrite-Session': 'ada-secret' }, body,
        });
        assert.equal(response.status, 400, body.slice(0, 20));
    }
    assert.equal((await gateway.user('ada').presences.list()).total, 0);
});

test('An unknown path is not found, an unknown project is refused', async () => {
    const nowhere = await gateway.fetch('/v1/nowhere');
    const other = await gateway.fetch('/v1/presences', {
        headers: { 'X-Appwrite-Project': 'other', 'X-Appwrite-Session': 'ada-secret' },
    });

    assert.equal(nowhere.status, 404);
    assert.equal((await nowhere.json()).type, 'general_route_not_found');
    assert.equal(other.status, 404);
    assert.equal((await other.json()).type, 'project_not_found');
});
