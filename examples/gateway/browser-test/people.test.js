import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CROWD } from './support/crowd.js';
import { Windows, listen, live, person, photograph, reads } from './support/windows.js';

const windows = await Windows.open();
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const viewers = (page, title) => page.locator('#documents label', { hasText: title }).locator('.viewers');
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('Windows of one user are one entry, and viewers are counted by document and in the title', async () => {
    const [ada, desk] = await windows.joinAll('Ada', 'Desk');
    await reads(ada, '#people-count', '2');
    const second = await windows.joinAgain(desk, 'Desk');

    await person(ada, 'Desk').locator('.windows', { hasText: ', 2 windows' }).waitFor();
    assert.equal(await person(ada, 'Desk').count(), 1);
    assert.equal(await ada.locator('#people-count').textContent(), '2');
    assert.equal(await ada.title(), '(2) Plan · Presence');
    assert.equal(await viewers(ada, 'Plan').textContent(), '2');
    assert.equal(await viewers(ada, 'Sketch').isVisible(), false);

    await second.getByLabel('Sketch').click();
    await viewers(ada, 'Sketch').waitFor();
    await person(ada, 'Desk').filter({ hasText: 'In Plan and Sketch' }).waitFor();
    assert.equal(await viewers(ada, 'Plan').textContent(), '2');
    await second.selectOption('#status', 'busy');
    await ada.locator('.person[data-status="busy"]', { hasText: 'Desk' }).waitFor();
    await second.close();
    await viewers(ada, 'Sketch').waitFor({ state: 'hidden' });
});

test('A window that is alone offers a link to copy, without its name', async () => {
    const ada = await windows.join('Ada', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ada.getByLabel('Sketch').click();
    await live(ada);

    await ada.locator('#invite').getByRole('button').click();

    await ada.getByText('Copied').waitFor();
    assert.equal(await ada.evaluate(() => navigator.clipboard.readText()), `${windows.url}/?document=sketch`);
    const grace = await windows.join('Grace');
    await ada.locator('#invite').waitFor({ state: 'hidden' });
    await grace.close();
    await ada.locator('#invite').waitFor();
});

test('Who comes, moves, changes the name and leaves is said', async () => {
    const ada = await windows.join('Ada');
    const bob = await windows.join('Bob');
    await reads(ada, '#news', 'Bob is here.');

    await bob.getByLabel('Sketch').click();
    await reads(ada, '#news', 'Bob moved to Sketch.');
    await bob.click('#rename');
    await bob.fill('#name', 'Robert');
    await bob.keyboard.press('Enter');
    await reads(ada, '#news', 'Bob is now Robert.');
    await bob.close();
    await reads(ada, '#news', 'Robert left.');
});

test('A window that says that it is live has shown who is there, so whoever comes next is news', async () => {
    const ada = await windows.join('Ada');
    await ada.addInitScript(() => addEventListener('DOMContentLoaded', () => {
        const connection = document.getElementById('connection');
        new MutationObserver(() => {
            if (connection.dataset.state === 'live') {
                globalThis.aloneWhenLive ??= !document.getElementById('invite').hidden;
            }
        }).observe(connection, { attributes: true });
    }));

    await ada.reload();
    await live(ada);

    assert.equal(await ada.evaluate(() => globalThis.aloneWhenLive), true);
});

test('A window that loses its connection has not left', async () => {
    const ada = await windows.join('Ada');
    const relay = await windows.relay();
    await windows.join('Bob', { through: relay });
    await reads(ada, '#news', 'Bob is here.');

    relay.close();

    await reads(ada, '#news', 'Bob lost the connection.');
});

test('A reload is neither a departure nor an arrival', async () => {
    const ada = await windows.join('Ada', { clock: true });
    const bob = await windows.join('Bob');
    await reads(ada, '#news', 'Bob is here.');
    const news = await listen(ada);

    await bob.reload();
    await live(bob);
    await ada.locator('.person[data-status="online"]', { hasText: 'Bob' }).waitFor();
    await ada.clock.runFor(5000);
    const carol = await windows.join('Carol');
    await reads(ada, '#news', 'Carol is here.');

    assert.deepEqual(await news.said(), ['Carol is here.']);
    assert.equal(await person(carol, 'Bob').count(), 1);
});

test('A change of the name can be cancelled', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');

    for (const cancel of [() => ada.keyboard.press('Escape'), () => ada.getByRole('button', { name: 'Cancel' }).click()]) {
        await ada.click('#rename');
        await ada.fill('#name', 'Nobody');
        await cancel();
        await ada.locator('#join').waitFor({ state: 'hidden' });
        assert.equal(await ada.locator('#my-name').textContent(), 'Ada');
    }
    await ada.selectOption('#status', 'busy');
    await grace.locator('.person[data-status="busy"]').waitFor();
    assert.equal(await person(grace, 'Ada').count(), 1);
});

test('A name is isolated from the text around it, and has no marks of direction', async () => {
    const ada = await windows.join('Ada');

    await windows.put('rtl', { status: 'online', metadata: { kind: 'person', name: '\u202Egnp\u2066.\u200Fexe\u0007 \u2069', documentId: 'plan' } });
    await windows.put('blank', { status: 'online', metadata: { kind: 'person', name: '\u200b\u202e\u00ad', documentId: 'plan' } }, CROWD[1]);

    await ada.locator('.name bdi', { hasText: /^gnp\.exe$/ }).waitFor();
    await person(ada, 'Somebody').waitFor();
    await ada.waitForFunction(() => /\u2068gnp\.exe\u2069/.test(document.getElementById('news').textContent));
});

test('Sixty users fit: the list is collapsed, the tabs and the board keep their size', async () => {
    const ada = await windows.join('Ada', PHONE);
    const board = await ada.locator('#board').boundingBox();

    await Promise.all(CROWD.map(async (user, i) => {
        const common = { name: `User number ${i + 1} of the crowd`, documentId: 'plan' };
        await windows.put(user, { status: 'online', metadata: { kind: 'person', ...common } }, user);
        await windows.put(`${user}-cursor`, {
            status: 'idle', metadata: { kind: 'cursor', x: (i % 10) / 9, y: Math.floor(i / 10) / 5, ...common },
        }, user);
    }));

    await reads(ada, '#people-count', '61');
    assert.equal(await ada.locator('.person').count(), 8);
    assert.equal(await viewers(ada, 'Plan').textContent(), '61');
    await ada.waitForFunction(() => document.querySelectorAll('.cursor').length === 60);
    assert.equal(await ada.locator('.cursor .tag').first().isVisible(), false);
    assert.ok(await overflow(ada) <= 0);
    assert.deepEqual(await ada.locator('#board').boundingBox(), board);
    await photograph(ada, 'sixty');

    await ada.getByRole('button', { name: 'Show 53 more' }).click();
    assert.equal(await ada.locator('.person').count(), 61);
    const list = await ada.locator('#people').evaluate(({ clientHeight, scrollHeight }) => ({ clientHeight, scrollHeight }));
    assert.ok(list.clientHeight <= 416 && list.scrollHeight > list.clientHeight, JSON.stringify(list));
    assert.ok(await overflow(ada) <= 0);
    await ada.getByRole('button', { name: 'Show fewer' }).click();
    assert.equal(await ada.locator('.person').count(), 8);
});
