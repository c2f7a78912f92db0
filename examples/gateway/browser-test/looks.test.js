import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursor, cursorAt, live, person, photograph, pointAt } from './support/windows.js';

const windows = await Windows.open();
const NARROW = { viewport: { width: 360, height: 740 }, hasTouch: true };
const SIZES = {
    wide: { viewport: { width: 1280, height: 800 } },
    middle: { viewport: { width: 768, height: 1024 } },
    narrow: NARROW,
};

/** Opens two other windows, with cursors and a note. */
async function company() {
    const [grace, linus] = await windows.joinAll('Grace Hopper', 'Linus');
    await pointAt(grace, 0.44, 0.62);
    await pointAt(linus, 0.83, 0.3);
    await linus.selectOption('#status', 'busy');
    await grace.locator('#draft').pressSequentially('Dear');
}

test('The page is whole at each width, light and dark', async () => {
    await company();
    for (const [size, options] of Object.entries(SIZES)) {
        const ada = await windows.join('Ada', options);
        await cursor(ada, 'Linus').waitFor();
        await person(ada, 'Grace Hopper').waitFor();
        for (const colorScheme of ['light', 'dark']) {
            await ada.emulateMedia({ colorScheme });
            await photograph(ada, `${size}-${colorScheme}`);
        }
        const { scroll, width } = await ada.evaluate(() => ({
            scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth,
        }));
        assert.ok(scroll <= width, `${size}: ${scroll} > ${width}`);
        await ada.close();
    }
});

test('The board can be reached and used by keyboard alone, and focus is seen', async () => {
    const grace = await windows.join('Grace');
    const ada = await windows.visit('/');
    await ada.locator('#join').waitFor();
    await photograph(ada, 'join');
    assert.equal(await ada.evaluate(() => document.activeElement.id), 'name');
    await ada.keyboard.type('Ada');
    await ada.keyboard.press('Enter');
    await live(ada);

    const order = [];
    for (let i = 0; i < 6; i++) {
        await ada.keyboard.press('Tab');
        order.push(await ada.evaluate(() => document.activeElement.id || document.activeElement.name || document.activeElement.className));
        if (order.at(-1) === 'board') {
            await photograph(ada, 'focus');
        }
    }
    assert.deepEqual(order, ['skip', 'document', 'rename', 'status', 'board', 'draft']);

    await ada.locator('#board').focus();
    await ada.keyboard.press('ArrowRight');
    await cursorAt(grace, 'Ada', 52, 50);
    await ada.keyboard.press('Shift+ArrowDown');
    await cursorAt(grace, 'Ada', 52, 60);
    for (let i = 0; i < 10; i++) {
        await ada.keyboard.press('Shift+ArrowUp');
    }
    await cursorAt(grace, 'Ada', 52, 0);
    assert.equal(await ada.locator('#own-cursor').isVisible(), true);
    const outline = await ada.locator('#board').evaluate((board) => getComputedStyle(board).outlineStyle);
    assert.equal(outline, 'solid');
});

test('Documents are switched by arrow keys', async () => {
    const ada = await windows.join('Ada');

    await ada.locator('input[value="plan"]').focus();
    await ada.keyboard.press('ArrowRight');

    await person(ada, 'Ada').filter({ hasText: 'In Sketch' }).waitFor();
    await live(ada);
});

test('A finger on the board moves the cursor', async () => {
    const grace = await windows.join('Grace');
    const ada = await windows.join('Ada', NARROW);
    const box = await ada.locator('#board').boundingBox();

    await ada.touchscreen.tap(box.x + box.width * 0.25, box.y + box.height * 0.5);

    await cursorAt(grace, 'Ada', 25, 50);
});

test('A finger scrolls the page from the board', async () => {
    const ada = await windows.join('Ada', NARROW);
    const { x, y, width, height } = await ada.locator('#board').boundingBox();
    const devtools = await ada.context().newCDPSession(ada);
    const touch = (type, ...touchPoints) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });

    const at = { x: x + width / 2, y: y + height * 0.8 };
    await touch('touchStart', at);
    for (let moved = 20; moved <= 240; moved += 20) {
        await touch('touchMove', { x: at.x, y: at.y - moved });
    }
    await touch('touchEnd');

    await ada.waitForFunction(() => scrollY > 100);
});

test('With forced colours cursors, the chosen document and the lock are seen', async () => {
    const [ada, grace] = await windows.joinAll('Ada', 'Grace');
    await ada.emulateMedia({ forcedColors: 'active' });
    await pointAt(grace, 0.4, 0.6);
    await cursor(ada, 'Grace').waitFor();
    await grace.locator('#draft').pressSequentially('Dear');
    await ada.locator('#frame[data-held="theirs"]').waitFor();
    await photograph(ada, 'forced');

    const style = (selector, property, pseudo = null) => ada.locator(selector).first().evaluate(
        (element, [name, part]) => getComputedStyle(element, part)[name], [property, pseudo]);
    const ground = await style('body', 'backgroundColor');
    assert.notEqual(await style('.cursor', 'backgroundColor', '::before'), ground);
    assert.notEqual(await style('.fuse', 'backgroundColor'), ground);
    assert.notEqual(await style('.documents input:checked + .tab', 'borderTopColor'), await style('.documents input:not(:checked) + .tab', 'borderTopColor'));
    assert.equal(await style('#draft', 'borderTopWidth'), '3px');
});

test('A page without the SDK says so', async () => {
    const page = await windows.visit('/favicon.svg');
    await page.route('**/vendor/appwrite.js', (route) => route.fulfill({ status: 404, body: '' }));

    await page.goto(`${windows.url}/`);

    await page.locator('#notice', { hasText: 'The SDK is not part of this build' }).waitFor();
});
