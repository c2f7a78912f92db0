/** The time after which a waiting test fails. It is no measurement. */
export const DEADLINE = 15_000;

/** Waits for a promise, and fails with its description. */
export async function within(promise, what, milliseconds = DEADLINE) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`Nothing after ${milliseconds} ms: ${describe(what)}`)), milliseconds);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}

function describe(what) {
    return typeof what === 'function' ? what() : what;
}
