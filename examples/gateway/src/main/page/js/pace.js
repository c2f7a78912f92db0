/**
 * At most one call in an interval, with the newest arguments: what comes faster is merged, and the last is never lost.
 *
 * @param {number} interval milliseconds
 * @param {function} call
 */
export function paced(interval, call) {
    let waiting = null;
    let timer = 0;

    function fire() {
        timer = 0;
        if (waiting !== null) {
            const latest = waiting;
            waiting = null;
            timer = setTimeout(fire, interval);
            call(...latest);
        }
    }

    return (...latest) => {
        waiting = latest;
        if (timer === 0) {
            fire();
        }
    };
}
