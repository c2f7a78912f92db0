import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ID, Query } from 'appwrite';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();
const ids = ({ presences }) => presences.map(({ $id }) => $id);

async function gone(presences, presenceId) {
    for (;;) {
        try {
            await presences.get({ presenceId });
        } catch (error) {
            assert.equal(error.code, 404);
            return;
        }
    }
}

async function three() {
    await gateway.present('a', 'online', { metadata: { n: 1 } });
    await gateway.present('b', 'away', { metadata: { n: 2 } });
    await gateway.present('c', 'online', { metadata: { n: 3 } });
    return gateway.user('bob').presences;
}

test('A list has the total and the presences that the caller may read', async () => {
    const presences = await three();
    await gateway.user('ada').presences.upsert({ presenceId: 'private', status: 'online' });

    const list = await presences.list();

    same(Object.keys(list).sort(), ['presences', 'total']);
    assert.equal(list.total, 3);
    same(ids(list).sort(), ['a', 'b', 'c']);
});

test('total: false answers 0 without counting', async () => {
    const list = await (await three()).list({ total: false });

    assert.equal(list.total, 0);
    assert.equal(list.presences.length, 3);
});

test('A page has 25 presences by default, the total counts all', async () => {
    await Promise.all(Array.from({ length: 30 }, () => gateway.present(ID.unique())));

    const list = await gateway.user('bob').presences.list();

    assert.equal(list.presences.length, 25);
    assert.equal(list.total, 30);
});

test('Filters, order, limit and offset', async () => {
    const presences = await three();
    const list = async (...queries) => ids(await presences.list({ queries }));

    same(await list(Query.equal('status', 'away')), ['b']);
    same((await list(Query.equal('status', ['away', 'online']))).length, 3);
    same(await list(Query.notEqual('status', 'online')), ['b']);
    same(await list(Query.startsWith('status', 'aw')), ['b']);
    same(await list(Query.or([Query.equal('$id', 'a'), Query.equal('$id', 'c')]), Query.orderDesc('$id')), ['c', 'a']);
    same(await list(Query.orderAsc('$id'), Query.limit(1), Query.offset(1)), ['b']);
    same(await list(Query.equal('userId', 'nobody')), []);
    same((await list(Query.equal('source', 'rest'))).length, 3);
    same((await list(Query.greaterThan('expiresAt', new Date().toISOString()))).length, 3);
});

test('A list without an order is in the order of creation', async () => {
    const presences = await three();
    await gateway.present('a', 'again');

    same(ids(await presences.list()), ['a', 'b', 'c']);
});

test('metadata can be filtered by (Appwrite: 400)', async () => {
    const presences = await three();

    same(ids(await presences.list({ queries: [Query.greaterThan('metadata.n', 1), Query.lessThan('metadata.n', 3)] })), ['b']);
});

test('Cursors go on after and before a presence', async () => {
    const presences = await three();
    const order = Query.orderAsc('$id');

    same(ids(await presences.list({ queries: [order, Query.cursorAfter('a')] })), ['b', 'c']);
    same(ids(await presences.list({ queries: [order, Query.cursorBefore('c')] })), ['a', 'b']);
});

test('equal to no values matches nothing (Appwrite: 400)', async () => {
    const presences = await three();

    same(await presences.list({ queries: [Query.equal('userId', [])] }), { total: 0, presences: [] });
    same(ids(await presences.list({ queries: [Query.notEqual('userId', [])] })).sort(), ['a', 'b', 'c']);
});

test('Paging survives the expiry of the last presence on the page', async () => {
    const soon = new Date(Date.now() + 1500).toISOString();
    await three();
    await gateway.present('b', 'away', { expiresAt: soon });
    const { presences } = gateway.user('bob');
    const page = (...queries) => presences.list({ queries: [Query.orderAsc('$id'), Query.limit(2), ...queries] });

    same(ids(await page()), ['a', 'b']);
    await gone(presences, 'b');

    same(ids(await page(Query.cursorAfter('b'))), ['c']);
});

test('Paging survives that the presences at both ends are deleted, to the end of the list and back', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
        await gateway.present(id);
    }
    const { presences } = gateway.user('bob');
    const page = (...queries) => presences.list({ queries: [Query.orderDesc('$id'), Query.limit(2), ...queries] });

    same(ids(await page()), ['e', 'd']);
    await gateway.server.delete({ presenceId: 'd' });
    same(ids(await page(Query.cursorAfter('d'))), ['c', 'b']);
    await gateway.server.delete({ presenceId: 'b' });
    same(ids(await page(Query.cursorAfter('b'))), ['a']);
    await gateway.server.delete({ presenceId: 'a' });
    same(await page(Query.cursorAfter('a')), { total: 2, presences: [] });
    same(ids(await page(Query.cursorBefore('a'))), ['e', 'c']);
});

test('What one user was served is no cursor for another, nor for another list', async () => {
    const presences = await three();
    const query = [Query.orderAsc('$id'), Query.limit(1)];

    same(ids(await presences.list({ queries: query })), ['a']);
    await gateway.server.delete({ presenceId: 'a' });

    const after = Query.cursorAfter('a');
    await refused(gateway.user('eve').presences.list({ queries: [...query, after] }), 400, 'general_cursor_not_found');
    await refused(presences.list({ queries: [Query.orderDesc('source'), after] }), 400, 'general_cursor_not_found');
    same(ids(await presences.list({ queries: [...query, after] })), ['b']);
});

test('A cursor that is not there: 400 general_cursor_not_found', async () => {
    const presences = await three();

    await refused(presences.list({ queries: [Query.cursorAfter('nowhere')] }), 400, 'general_cursor_not_found');
});

test('A cursor does not reveal a presence that the caller may not read', async () => {
    const presences = await three();
    await gateway.user('ada').presences.upsert({ presenceId: 'private', status: 'online' });

    await refused(presences.list({ queries: [Query.cursorAfter('private')] }), 400, 'general_cursor_not_found');
});

const wrong = {
    'an unknown attribute': Query.equal('height', 1),
    'a choice of fields': Query.select(['$id']),
    'no JSON': '{',
    'an unknown method': '{"method":"foo"}',
    'values that are no list': '{"method":"equal","attribute":"status","values":"online"}',
    'a limit of 0': Query.limit(0),
    'a negative offset': Query.offset(-1),
    '501 values': Query.equal('status', Array.from({ length: 501 }, (_, i) => `s${i}`)),
    'values forgotten': Query.equal('status', undefined),
    'a search, which would need an index': Query.search('status', 'online'),
};

for (const [what, query] of Object.entries(wrong)) {
    test(`A list with ${what} is refused: 400 general_query_invalid`, async () => {
        await refused(gateway.user('bob').presences.list({ queries: [query] }), 400, 'general_query_invalid');
    });
}

test('A ttl is taken, and says that nothing was cached', async () => {
    const response = await gateway.fetch('/v1/presences?ttl=5', { headers: { 'X-Appwrite-Session': 'bob-secret' } });

    assert.equal(response.status, 200);
    assert.equal(response.headers.get('x-appwrite-cache'), 'miss');
    await refused(gateway.user('bob').presences.list({ ttl: 86_401 }), 400, 'general_argument_invalid');
});

test('What was written is in the list at once (Appwrite: a cached list may be old)', async () => {
    const { presences } = gateway.user('bob');
    await presences.list({ ttl: 60 });
    await gateway.present('new');

    same(ids(await presences.list({ ttl: 60 })), ['new']);
});
