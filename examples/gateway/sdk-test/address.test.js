import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, Query, Realtime } from '@appwrite.io/console';
import './support/browser.js';
import { Gateway } from './support/gateway.js';
import { Journal } from './support/journal.js';
import { within } from './support/deadline.js';

/** The console's SDK puts its subscriptions into the address, as all SDKs did before appwrite 25. */
const gateway = await Gateway.start();

async function subscribed(t, channels, queries) {
    const realtime = new Realtime(new Client().setEndpoint(`${gateway.url}/v1`).setProject('demo'));
    const events = new Journal('events');
    const errors = new Journal('errors');
    realtime.onError((error) => errors.add(error.message));
    const subscription = await within(realtime.subscribe(channels, (event) => events.add(event.events[0]), queries), 'a subscription');
    t.after(() => subscription.close());
    return { events, errors };
}

test('A client with its subscriptions in the address hears events', async (t) => {
    const { events } = await subscribed(t, 'presences', [Query.equal('status', 'online')]);

    await gateway.present('p1', 'away');
    await gateway.present('p2', 'online');

    assert.equal(await events.first('an event'), 'presences.p2.upsert');
});

test('A client with a wrong query in the address hears an error', async (t) => {
    const { errors } = await subscribed(t, 'presences', ['{"method":"foo"}']);

    assert.match(await errors.first('an error'), /^Invalid query: /);
});
