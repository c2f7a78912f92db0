import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Windows, person, pointAt } from './support/windows.js';

const windows = await Windows.open(['--messages-per-minute', '32']);

test('Where messages are few, the page says so, lets its cursor rest, and stays', async () => {
    const ada = await windows.join('Ada');
    const grace = await windows.join('Grace');
    const notice = ada.locator('#notice', { hasText: 'start it with a higher --messages-per-minute' });

    for (let i = 0; i < 100 && !(await notice.isVisible()); i++) {
        await pointAt(ada, 0.2 + i * 0.005, 0.5);
    }

    await notice.waitFor();
    assert.equal(await ada.locator('#connection').getAttribute('data-state'), 'live');
    await person(grace, 'Ada').waitFor();
});
