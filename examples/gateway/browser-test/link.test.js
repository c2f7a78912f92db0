import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursorAt, live, photograph, pointAt, reads } from './support/windows.js';

const windows = await Windows.open();
const state = (page) => page.locator('#connection').getAttribute('data-state');
const text = (page) => page.locator('#connection').textContent();

const isBeat = ({ payload }) => String(payload).includes('"pulse"');
const isAnswer = (frame) => isBeat(frame) && String(frame.payload).includes('"type":"event"');

/**
 * Opens a window through a relay, with a clock that only the test advances, and no message of which is on its way;
 * counts its sockets and beats.
 */
async function joinThrough(relay, name) {
    const counts = { sockets: 0, beats: 0 };
    const page = await windows.visit('/', { through: relay, clock: true });
    page.on('websocket', (socket) => {
        counts.sockets++;
        counts.socket = socket;
        socket.on('framesent', (frame) => {
            counts.beats += isBeat(frame) ? 1 : 0;
        });
    });
    await page.fill('#name', name);
    await page.keyboard.press('Enter');
    await live(page);
    await page.clock.pauseAt(await page.evaluate(() => Date.now()) + 1000);
    await beat(page, counts);
    return { page, counts };
}

/** Advances the clock of a window to its next beat, and waits for the answer. */
async function beat(page, { socket }) {
    const answer = socket.waitForEvent('framereceived', isAnswer);
    await page.clock.runFor(2500);
    await answer;
}

test('A half-open connection is said within 5 seconds, and replaced', async () => {
    const relay = await windows.relay();
    const [grace, { page: ada, counts }] = await Promise.all([windows.join('Grace'), joinThrough(relay, 'Ada')]);

    relay.freeze();
    await ada.clock.runFor(5000);

    assert.equal(await state(ada), 'silent');
    assert.equal(await text(ada), 'No answer, trying again');
    assert.match(await ada.title(), /^No connection/);
    /* No further than to the next attempt, which would be given up if the clock were ahead of the network. */
    for (let millis = 0; counts.sockets < 2 && millis < 6000; millis += 250) {
        await ada.clock.runFor(250);
    }
    await live(ada);
    assert.equal(counts.sockets, 2);
    await pointAt(ada, 0.3, 0.4);
    await cursorAt(grace, 'Ada', 30, 40);
});

test('A connection that was only slow goes on', async () => {
    const relay = await windows.relay();
    const { page: ada, counts } = await joinThrough(relay, 'Ada');

    relay.freeze();
    await ada.clock.runFor(5000);
    assert.equal(await state(ada), 'silent');
    relay.thaw();

    await live(ada);
    assert.equal(counts.sockets, 1);
});

test('Only an answer arms the next beat, and the attempts become fewer', async () => {
    const relay = await windows.relay();
    const { page: ada, counts } = await joinThrough(relay, 'Ada');
    await beat(ada, counts);
    await live(ada);

    relay.freeze({ isDown: true });
    const frozen = counts.beats;
    for (let i = 0; i < 24; i++) {
        await ada.clock.runFor(5000);
    }

    assert.ok(counts.beats - frozen <= 1, `${counts.beats - frozen} beats without an answer`);
    assert.ok(counts.sockets >= 3 && counts.sockets <= 7, `${counts.sockets} sockets in two minutes`);
    relay.thaw();
    await ada.clock.runFor(45_000);
    await live(ada);
});

test('A window without a network says so within 5 seconds, and comes back with it', async () => {
    const relay = await windows.relay();
    const { page: ada } = await joinThrough(relay, 'Ada');

    relay.freeze({ isDown: true });
    await ada.context().setOffline(true);
    await ada.clock.runFor(5000);
    await reads(ada, '#connection', 'You are offline');
    await photograph(ada, 'offline');

    relay.thaw();
    await ada.context().setOffline(false);
    await ada.clock.runFor(10_000);
    await live(ada);
    await reads(ada, '#connection', 'Live');
});

test('A window that nobody uses is away until it is used again', async () => {
    const grace = await windows.join('Grace');
    const ada = await windows.join('Ada', { clock: true });
    const shows = (status) => grace.locator(`.person[data-status="${status}"]`, { hasText: 'Ada' }).waitFor();
    await shows('online');

    await ada.clock.fastForward(121_000);
    await shows('away');
    await ada.locator('#board').hover();
    await shows('online');

    await ada.selectOption('#status', 'busy');
    await shows('busy');
    await ada.clock.fastForward(121_000);
    await ada.selectOption('#status', 'online');
    await shows('online');
});
