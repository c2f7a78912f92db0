import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, live, person, photograph, reads } from './support/windows.js';

const windows = await Windows.open();
const held = (page, by) => page.locator(`#frame[data-held="${by}"]`).waitFor();
const border = (page) => page.locator('#draft').evaluate((field) => getComputedStyle(field).borderTopColor);
const colour = (page, name) => person(page, name).locator('.avatar').evaluate((avatar) => getComputedStyle(avatar).backgroundColor);

test('Typing and the lock are shown on the field, and end by expiry without a key', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');

    await ada.locator('#draft').pressSequentially('Dear all');

    await held(ada, 'mine');
    await held(grace, 'theirs');
    await reads(grace, '#holder', 'Ada is writing');
    await reads(grace, '#typing', 'Ada is typing…');
    await person(grace, 'Ada').filter({ hasText: 'Writing in Plan' }).waitFor();
    assert.equal(await border(grace), await colour(grace, 'Ada'));
    assert.equal(await grace.locator('#draft').isEditable(), false);
    await photograph(grace, 'typing');

    await reads(grace, '#typing', '');
    assert.equal(await grace.locator('#frame').getAttribute('data-held'), 'theirs');
    await held(grace, 'no');
    await reads(grace, '#holder', 'Ada wrote last');
    await person(grace, 'Ada').filter({ hasText: 'In Plan' }).waitFor();
    await grace.locator('#draft').pressSequentially('Dear Ada');
    await held(ada, 'theirs');
    await reads(ada, '#holder', 'Grace is writing');
});

test('The server gives the lock to one user at a time, and a document that is left has neither it nor typing', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await ada.locator('#draft').pressSequentially('Mine');
    await held(grace, 'theirs');

    const body = { status: 'writing', permissions: ['read("any")'], metadata: { kind: 'lock', documentId: 'plan', name: 'Thief' } };
    const refused = await windows.fetch('/v1/presences/notes-plan', { method: 'PUT', body: JSON.stringify(body) });
    assert.ok(refused.status >= 400 && refused.status < 500, String(refused.status));
    await reads(grace, '#holder', 'Ada is writing');

    const takenBack = ada.waitForRequest((request) => request.method() === 'DELETE' && request.url().endsWith('-typing'));
    await ada.locator('#draft').pressSequentially('!');
    await ada.getByLabel('Sketch').click();
    await held(grace, 'no');
    await takenBack;
    await reads(grace, '#typing', '');
    await live(ada);
    assert.equal(await ada.locator('#frame').getAttribute('data-held'), 'no');
});

test('Each document has its own notes, after a reload too', async () => {
    const ada = await windows.join('Ada');
    await ada.fill('#draft', 'of the plan');

    await ada.getByLabel('Sketch').click();
    assert.equal(await ada.inputValue('#draft'), '');
    await ada.fill('#draft', 'of the sketch');
    await ada.getByLabel('Plan').click();
    assert.equal(await ada.inputValue('#draft'), 'of the plan');

    await ada.getByLabel('Sketch').click();
    await ada.reload();
    await live(ada);
    assert.equal(await ada.getByLabel('Sketch').isChecked(), true);
    assert.equal(await ada.inputValue('#draft'), 'of the sketch');
});

test('A user writes in one window at a time', async () => {
    const ada = await windows.join('Ada');
    const second = await windows.joinAgain(ada, 'Ada');

    await ada.locator('#draft').pressSequentially('Here');

    await held(second, 'theirs');
    await reads(second, '#holder', 'You are writing in another window');
});
