import assert from 'node:assert/strict';

/** Expects the same JSON. Objects that the SDKs read have no prototype, so they are not deeply equal to those of a test. */
export function same(actual, expected) {
    assert.deepEqual(plain(actual), plain(expected));
}

function plain(value) {
    return JSON.parse(JSON.stringify(value));
}
