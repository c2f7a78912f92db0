import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursor, cursorAt, person, pointAt, shown } from './support/windows.js';

const windows = await Windows.open();

test('Two windows see each other come online, and show the same', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await person(ada, 'Grace').waitFor();
    await person(grace, 'Ada').waitFor();

    assert.deepEqual(await shown(ada), await shown(grace));
    assert.equal(await ada.locator('#people-count').textContent(), '2');
    assert.deepEqual(ada.complaints, []);
});

test('A status is seen by the other window', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');

    for (const status of ['busy', 'away', 'online']) {
        await ada.selectOption('#status', status);
        await grace.locator(`.person[data-status="${status}"]`, { hasText: 'Ada' }).waitFor();
    }
});

test('A new name is seen by the other window', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');

    await ada.click('#rename');
    await ada.fill('#name', 'Augusta');
    await ada.keyboard.press('Enter');

    await person(grace, 'Augusta').waitFor();
    assert.equal(await person(grace, 'Ada').count(), 0);
    assert.equal(await ada.locator('#my-name').textContent(), 'Augusta');
});

test('Cursors move in the other window, to the same place of the board', async () => {
    const ada = await windows.join('Ada');
    const grace = await windows.join('Grace', { viewport: { width: 900, height: 700 } });

    for (const [x, y] of [[0.25, 0.5], [0.6, 0.2], [0.8, 0.9]]) {
        await pointAt(ada, x, y);
        await cursorAt(grace, 'Ada', Math.round(x * 100), Math.round(y * 100));
    }
    await pointAt(grace, 0.3, 0.3);
    await cursorAt(ada, 'Grace', 30, 30);
    assert.equal(await cursor(ada, 'Ada').count(), 0);
});

test('Many moves end at the last place', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');

    for (let i = 0; i <= 50; i++) {
        await pointAt(ada, 0.1 + i * 0.016, 0.5);
    }

    await cursorAt(grace, 'Ada', 90, 50);
});

test('A cursor vanishes from a document that its user leaves, and comes with them to the other', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await pointAt(ada, 0.5, 0.5);
    await cursor(grace, 'Ada').waitFor();

    await ada.getByLabel('Sketch').click();
    await cursor(grace, 'Ada').waitFor({ state: 'detached' });
    await person(grace, 'Ada').filter({ hasText: 'In Sketch' }).waitFor();
    assert.equal(await cursor(ada, 'Grace').count(), 0);

    await grace.getByLabel('Sketch').click();
    await pointAt(ada, 0.4, 0.6);
    await cursorAt(grace, 'Ada', 40, 60);
    await pointAt(grace, 0.7, 0.2);
    await cursorAt(ada, 'Grace', 70, 20);
});

test('A window that opens later shows the cursors of the others', async () => {
    const ada = await windows.join('Ada');
    await pointAt(ada, 0.2, 0.7);
    const grace = await windows.join('Grace');

    await cursorAt(grace, 'Ada', 20, 70);
});

test('A window that is closed vanishes from the other, cursor and all', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await pointAt(ada, 0.5, 0.5);
    await cursor(grace, 'Ada').waitFor();

    await ada.close();

    await person(grace, 'Ada').waitFor({ state: 'detached' });
    await cursor(grace, 'Ada').waitFor({ state: 'detached' });
    assert.equal(await grace.locator('#people-count').textContent(), '1');
});

test('A user who expires vanishes', async () => {
    const ada = await windows.join('Ada');

    await windows.put('robot', {
        status: 'busy',
        expiresAt: new Date(Date.now() + 1500).toISOString(),
        metadata: { kind: 'person', name: 'Robot', documentId: 'plan' },
    });

    await person(ada, 'Robot').waitFor();
    await person(ada, 'Robot').waitFor({ state: 'detached' });
});

test('Input of others is text, never markup, and never out of bounds', async () => {
    const ada = await windows.join('Ada');

    await windows.put('rogue', { status: 'online', metadata: { kind: 'person', name: '<img src=x onerror=alert(1)>' } });
    await windows.put('rogue-2', { status: 'x'.repeat(255), metadata: { kind: 'person', name: ['no text'], documentId: 5 } }, 'user-2');
    await windows.put('rogue-cursor', { status: 'pointing', metadata: { kind: 'cursor', documentId: 'plan', name: 'Far', x: 9e99, y: 'no' } });

    await person(ada, 'Somebody').waitFor();
    await cursorAt(ada, 'Far', 100, 50);
    assert.equal(await ada.locator('.people img').count(), 0);
    assert.equal(await ada.locator('.name', { hasText: '<img src=x' }).count(), 1);
});
