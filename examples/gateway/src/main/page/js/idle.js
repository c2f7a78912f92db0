const AFTER = 120_000;
const INPUT = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'input', 'change', 'focus'];

/**
 * Calls back with true when there was no input for two minutes, and with false at the first input after it.
 *
 * @param {function(boolean)} idle
 */
export function watchIdle(idle) {
    let isIdle = false;
    let timer = 0;

    function active() {
        clearTimeout(timer);
        timer = setTimeout(() => set(true), AFTER);
        set(false);
    }

    function set(now) {
        if (isIdle !== now) {
            isIdle = now;
            idle(now);
        }
    }

    INPUT.forEach((type) => addEventListener(type, active, { capture: true, passive: true }));
    active();
}
