import assert from 'node:assert/strict';

/** Expects the same JSON. What the SDKs read has no prototype, so it is not deeply equal to what a test writes. */
export function same(actual, expected) {
    assert.deepEqual(plain(actual), plain(expected));
}

function plain(value) {
    return JSON.parse(JSON.stringify(value));
}
