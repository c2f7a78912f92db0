import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, Permission, Role } from 'appwrite';
import { Gateway } from './support/gateway.js';
import { refused } from './support/refusal.js';
import { same } from './support/same.js';

const gateway = await Gateway.start();

/** Returns which of Ada, Bob and Eve may read a presence that belongs to none of them. */
async function readers(permission) {
    await gateway.server.upsert({ presenceId: 'p1', userId: 'ada', status: 'online', permissions: [permission] });
    const seen = await Promise.all(['bob', 'eve'].map(async (name) => [name, (await gateway.user(name).presences.list()).total]));
    return seen.filter(([, total]) => total === 1).map(([name]) => name);
}

const roles = {
    any: [Role.any(), ['bob', 'eve']],
    users: [Role.users(), ['bob', 'eve']],
    'users/unverified': [Role.users('unverified'), ['bob', 'eve']],
    'users/verified': [Role.users('verified'), []],
    guests: [Role.guests(), []],
    'user:ID': [Role.user('bob'), ['bob']],
    'user:ID/unverified': [Role.user('bob', 'unverified'), ['bob']],
    'user:ID/verified': [Role.user('bob', 'verified'), []],
    'team:ID': [Role.team('blue'), ['bob']],
    'team:ID/ROLE': [Role.team('blue', 'guest'), ['bob']],
    'team:ID/ROLE of another': [Role.team('blue', 'owner'), []],
    'label:NAME': [Role.label('vip'), []],
};

for (const [name, [role, expected]] of Object.entries(roles)) {
    test(`read("${name}") lets those read who have the role, in lists and events`, async () => {
        const users = ['bob', 'eve'].map((one) => gateway.user(one));
        const inboxes = await Promise.all(users.map((user) => user.subscribe(Channel.presence('p1'))));

        same(await readers(Permission.read(role)), expected);

        await Promise.all(users.map((user) => gateway.fence(user)));
        same(['bob', 'eve'].filter((_, i) => inboxes[i].all.length > 0), expected);
    });
}

test('A verified user with a label has the roles users/verified and label', async () => {
    const { presences } = gateway.user('ada');
    for (const role of [Role.users('verified'), Role.label('vip'), Role.user('ada', 'verified'), Role.team('blue', 'owner')]) {
        await gateway.server.upsert({ presenceId: 'p1', userId: 'bob', status: 'online', permissions: [Permission.read(role)] });
        assert.equal((await presences.get({ presenceId: 'p1' })).status, 'online', role);
    }
});

test('A presence without permissions is for its owner alone', async () => {
    const mine = await gateway.user('ada').presences.upsert({ presenceId: 'p1', status: 'online' });

    assert.ok(mine.$permissions.includes('read("user:ada")'));
    assert.equal((await gateway.user('ada').presences.list()).total, 1);
    assert.equal((await gateway.user('bob').presences.list()).total, 0);
});

test('Permissions come back sorted', async () => {
    const permissions = ['update("users")', 'read("users")', 'read("any")', 'delete("users")'];

    const presence = await gateway.user('ada').presences.upsert({ presenceId: 'p1', status: 'online', permissions });

    same(presence.$permissions, [...permissions].sort());
});

test('A role that the caller does not have can\'t be granted: 401 user_unauthorized', async () => {
    const { presences } = gateway.user('ada');
    for (const role of ['team:red', 'user:bob', 'label:staff', 'guests', 'users/unverified', 'team:blue/guest']) {
        const upsert = { presenceId: 'p1', status: 'online', permissions: [`read("${role}")`] };
        const error = await refused(presences.upsert(upsert), 401, 'user_unauthorized');
        assert.match(error.message, /^Permissions must be one of: \(/);
    }
    assert.equal((await presences.list()).total, 0);
});

test('An API key grants whatever it wants', async () => {
    const { $permissions } = await gateway.present('p1', 'online', { permissions: ['read("team:red")'] });

    same($permissions, ['read("team:red")']);
});

test('update lets others change a presence, and read alone does not: 401 user_unauthorized', async () => {
    const { presences } = gateway.user('bob');
    await gateway.present('p1', 'online', { permissions: ['read("any")'] });
    await refused(presences.update({ presenceId: 'p1', status: 'away' }), 401, 'user_unauthorized');

    await gateway.present('p1', 'online', { permissions: ['read("any")', 'update("team:blue")'] });
    const changed = await presences.update({ presenceId: 'p1', status: 'away' });

    same([changed.status, changed.userId], ['away', 'ada']);
});

test('delete lets others end a presence, and read alone does not: 401 user_unauthorized', async () => {
    const { presences } = gateway.user('bob');
    await gateway.present('p1', 'online', { permissions: ['read("any")'] });
    await refused(presences.delete({ presenceId: 'p1' }), 401, 'user_unauthorized');

    await gateway.present('p1', 'online', { permissions: ['read("any")', 'delete("users")'] });
    await presences.delete({ presenceId: 'p1' });

    await refused(presences.get({ presenceId: 'p1' }), 404, 'presence_not_found');
});

test('write stands for update and delete', async () => {
    const { presences } = gateway.user('bob');
    await gateway.present('p1', 'online', { permissions: ['read("any")', 'write("users")'] });

    await presences.update({ presenceId: 'p1', status: 'away' });
    await presences.delete({ presenceId: 'p1' });

    await refused(presences.get({ presenceId: 'p1' }), 404, 'presence_not_found');
});

test('Who may update a presence can not take it over by an upsert', async () => {
    await gateway.present('p1', 'online', { permissions: ['read("any")', 'update("any")'] });

    await refused(gateway.user('eve').presences.upsert({ presenceId: 'p1', status: 'mine' }), 409, 'presence_already_exists');

    assert.equal((await gateway.user('ada').presences.get({ presenceId: 'p1' })).userId, 'ada');
});

test('The owner may always read, change and delete (Appwrite: only what permissions say)', async () => {
    const { presences } = gateway.user('ada');
    await gateway.present('p1', 'online', { permissions: ['read("user:bob")'] });

    await presences.get({ presenceId: 'p1' });
    await presences.update({ presenceId: 'p1', status: 'away' });
    await presences.delete({ presenceId: 'p1' });

    assert.equal((await gateway.user('bob').presences.list()).total, 0);
});
