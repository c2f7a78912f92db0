import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, cursorAt, live, person, pointAt } from './support/windows.js';

for (const [name, options] of [['the defaults', []], ['32 messages a minute', ['--messages-per-minute', '32']]]) {
    test(`With ${name} two windows hear of each other after a hundred moves, in a new document too`, async () => {
        const windows = await Windows.open(options);
        const [ada, grace] = await windows.joinAll('Ada', 'Grace');

        const { x, y, width, height } = await ada.locator('#board').boundingBox();
        const move = (page, part) => page.mouse.move(x + width * part, y + height * 0.5);
        for (let i = 0; i < 100; i++) {
            await Promise.all([move(ada, 0.2 + i * 0.005), move(grace, 0.7 - i * 0.005)]);
        }

        await cursorAt(grace, 'Ada', 70, 50);
        await cursorAt(ada, 'Grace', 21, 50);
        for (const window of [ada, grace]) {
            await window.locator('#documents label', { hasText: 'Sketch' }).click();
        }
        await person(grace, 'Ada').locator('.where', { hasText: 'Sketch' }).waitFor();
        await pointAt(ada, 0.4, 0.4);
        await cursorAt(grace, 'Ada', 40, 40);
        await live(ada);
        assert.equal(await grace.locator('#notice').isHidden(), true);
    });
}
