import assert from 'node:assert/strict';

/** Expects an SDK call to be refused, and returns the error. */
export async function refused(call, code, type) {
    try {
        await call;
    } catch (error) {
        assert.deepEqual({ code: error.code, type: error.type }, { code, type }, error.message);
        return error;
    }
    throw new assert.AssertionError({ message: `Not refused: expected ${code} ${type}` });
}
