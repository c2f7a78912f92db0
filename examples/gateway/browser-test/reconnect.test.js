import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursor, cursorAt, live, person, photograph, pointAt, shown } from './support/windows.js';

const windows = await Windows.open();

test('Windows come back by themselves when the gateway was started anew, and are in step again', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await person(ada, 'Grace').waitFor();
    await ada.fill('#draft', 'not lost');
    const { port } = new URL(windows.url);

    await windows.stopGateway();
    await Promise.all([ada, grace].map((page) => page.locator('#connection[data-state="lost"]').waitFor()));
    await photograph(ada, 'lost');
    await ada.getByLabel('Sketch').click();
    await windows.startGateway(port);
    await Promise.all([live(ada), live(grace)]);

    await Promise.all([person(ada, 'Grace').waitFor(), person(grace, 'Ada').waitFor()]);
    await person(grace, 'Ada').filter({ hasText: 'In Sketch' }).waitFor();
    await grace.getByLabel('Sketch').click();
    await person(ada, 'Grace').filter({ hasText: 'In Sketch' }).waitFor();
    await pointAt(ada, 0.3, 0.4);
    await cursorAt(grace, 'Ada', 30, 40);
    assert.deepEqual(await shown(ada), await shown(grace));
    await ada.getByLabel('Plan').click();
    assert.equal(await ada.inputValue('#draft'), 'not lost');
});

test('Who left while a window was without a connection is gone when it is back', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await pointAt(grace, 0.5, 0.5);
    await cursor(ada, 'Grace').waitFor();
    const { port } = new URL(windows.url);

    await windows.stopGateway();
    await ada.locator('#connection[data-state="lost"]').waitFor();
    await grace.close();
    await windows.startGateway(port);
    await live(ada);

    await person(ada, 'Grace').waitFor({ state: 'detached' });
    await cursor(ada, 'Grace').waitFor({ state: 'detached' });
});
