import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursor, cursorAt, live, person, photograph, pointAt } from './support/windows.js';

const windows = await Windows.open();
const NARROW = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** Opens two other windows, with cursors and a note. */
async function company() {
    const [grace, linus] = [await windows.join('Grace Hopper'), await windows.join('Linus')];
    await pointAt(grace, 0.44, 0.62);
    await pointAt(linus, 0.83, 0.3);
    await linus.selectOption('#status', 'busy');
    await grace.locator('#draft').pressSequentially('Dear');
}

for (const colorScheme of ['light', 'dark']) {
    for (const [size, options] of Object.entries({ wide: {}, narrow: NARROW })) {
        test(`The page is whole: ${size}, ${colorScheme}`, async () => {
            await company();
            const ada = await windows.join('Ada', { colorScheme, ...options });
            await cursor(ada, 'Linus').waitFor();
            await person(ada, 'Grace Hopper').filter({ hasText: 'Writing' }).waitFor();

            await photograph(ada, `${size}-${colorScheme}`);

            const { scroll, width } = await ada.evaluate(() => ({
                scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth,
            }));
            assert.ok(scroll <= width, `${scroll} > ${width}`);
        });
    }
}

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

test('Who comes and who leaves is said to those who do not see it', async () => {
    const ada = await windows.join('Ada');
    const said = (text) => ada.waitForFunction((wanted) => document.getElementById('spoken').textContent === wanted, text);

    const grace = await windows.join('Grace');
    await said('Grace is here.');
    await grace.close();
    await said('Grace left.');
});

test('A page without the SDK says so', async () => {
    const page = await windows.visit('/favicon.svg');
    await page.route('**/vendor/appwrite.js', (route) => route.fulfill({ status: 404, body: '' }));

    await page.goto(`${windows.url}/`);

    await page.locator('#notice', { hasText: 'The SDK is not part of this build' }).waitFor();
});
