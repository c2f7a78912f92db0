/** How long a test waits before it fails. Nothing is measured by it: what holds, holds at once or a little later. */
export const DEADLINE = 15_000;

/** Waits for a promise, and fails with what was waited for. */
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
