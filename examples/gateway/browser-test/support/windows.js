import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import { chromium } from 'playwright-core';
import { DEADLINE } from '../../sdk-test/support/deadline.js';
import { GatewayProcess } from '../../sdk-test/support/process.js';
import { CROWD, crowdFile } from './crowd.js';
import { Relay } from './relay.js';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];
const KEY = 'test-key';
const DOCUMENTS = ['plan', 'sketch', 'minutes'];
const MANY_MESSAGES = ['--messages-per-minute', '100000', '--connects-per-minute', '100000'];

/** A gateway, a browser, and its windows. Each window is of a user of its own. */
export class Windows {
    #contexts = [];
    #browser;
    #gateway;
    #options;

    static async open(options = MANY_MESSAGES) {
        const windows = new Windows();
        windows.#options = ['--sessions', crowdFile(), '--key', `${KEY}=presences.write`, ...options];
        await windows.startGateway();
        windows.#browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGUMENTS });
        afterEach(() => windows.#closeAll());
        after(async () => {
            await windows.#browser.close();
            await windows.stopGateway();
        });
        return windows;
    }

    get url() {
        return this.#gateway.url;
    }

    async startGateway(port) {
        this.#gateway = await GatewayProcess.start(this.#options, port);
    }

    stopGateway() {
        return this.#gateway.stop();
    }

    /** Opens a window of a new user and waits until it is in sync. */
    async join(name, options) {
        const page = await this.visit(`/?name=${encodeURIComponent(name)}`, options);
        await live(page);
        return page;
    }

    /** Opens windows of new users, at once. */
    joinAll(...names) {
        return Promise.all(names.map((name) => this.join(name)));
    }

    /** Opens another window of the user of a window. */
    async joinAgain(page, name) {
        const another = await this.#page(page.context());
        await another.goto(`${this.url}/?name=${name}`);
        await live(another);
        return another;
    }

    /** A relay to the gateway, for the option `through` of a window. */
    relay() {
        return Relay.to(this.url);
    }

    /**
     * Opens a window of a new user. An error of the page fails the test.
     *
     * @param {object} [options] those of a context; `through`: a relay; `clock`: true for a clock that a test can
     *     advance
     */
    async visit(path, { through, clock, ...options } = {}) {
        const context = await this.#browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
        this.#contexts.push(context);
        context.setDefaultTimeout(DEADLINE);
        const page = await this.#page(context);
        if (clock) {
            await page.clock.install();
        }
        await page.goto((through ?? this).url + path);
        return page;
    }

    async #page(context) {
        const page = await context.newPage();
        page.complaints = [];
        page.on('pageerror', (error) => page.complaints.push(error.message));
        return page;
    }

    /** Writes a presence without the page, as a user of the crowd. */
    async put(id, presence, user = CROWD[0]) {
        const response = await this.fetch(`/v1/presences/${id}`, {
            method: 'PUT', body: JSON.stringify({ permissions: ['read("any")'], ...presence }),
        }, user);
        if (!response.ok) {
            throw new Error(await response.text());
        }
    }

    /** Sends a request as a user of the crowd. */
    fetch(path, options, user = CROWD[0]) {
        const headers = { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Session': `${user}-secret`, 'Content-Type': 'application/json' };
        return fetch(this.url + path, { headers, ...options });
    }

    /** The next test does not wait for the lock of this one. */
    #unlock(documentId) {
        return this.#remove(`notes-${documentId}`);
    }

    /**
     * The next test does not meet the users of this one. A window that is closed ends its presence, but the browser can
     * close before that request is sent; then the presence stays for its grace.
     */
    async #removeAll() {
        const limit = encodeURIComponent(JSON.stringify({ method: 'limit', values: [5000] }));
        const response = await this.fetch(`/v1/presences?queries[]=${limit}`);
        if (!response.ok) {
            throw new Error(await response.text());
        }
        const { presences } = await response.json();
        await Promise.all(presences.map((presence) => this.#remove(presence.$id)));
    }

    #remove(id) {
        const headers = { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Key': KEY };
        return fetch(`${this.url}/v1/presences/${id}`, { method: 'DELETE', headers });
    }

    async #closeAll() {
        const complaints = this.#contexts.flatMap((context) => context.pages()).flatMap((page) => page.complaints);
        await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
        await Promise.all(DOCUMENTS.map((id) => this.#unlock(id)));
        await this.#removeAll();
        if (complaints.length > 0) {
            throw new Error(complaints.join('\n'));
        }
    }
}

/** Waits until a window is in sync. */
export function live(page) {
    return page.locator('#connection[data-state="live"]').waitFor();
}

export function person(page, name) {
    return page.locator('.person', { has: page.locator('.name', { hasText: new RegExp(`^${name}( \\(you\\))?$`) }) });
}

export function cursor(page, name) {
    return page.locator('.cursor', { has: page.locator('.tag', { hasText: new RegExp(`^${name}$`) }) });
}

/** Waits until a cursor is at a place, given in hundredths of the board. */
export function cursorAt(page, name, x, y) {
    return page.waitForFunction(([wanted, left, top]) => {
        const found = [...document.querySelectorAll('.cursor')].find((one) => one.textContent === wanted);
        const at = (property) => Math.round(100 * Number(found?.style.getPropertyValue(property)));
        return found && at('--x') === left && at('--y') === top;
    }, [name, x, y]);
}

/** Waits until an element has a text. The characters that isolate names are not compared. */
export function reads(page, selector, text) {
    return page.waitForFunction(([where, wanted]) => {
        const shown = document.querySelector(where).textContent.replace(/[\u2068\u2069]/g, '');
        return shown === wanted;
    }, [selector, text]);
}

/** Records all that the page says about others from now on. */
export async function listen(page) {
    await page.evaluate(() => {
        globalThis.said = [];
        const region = document.getElementById('news');
        new MutationObserver(() => globalThis.said.push(region.textContent.replace(/[\u2068\u2069]/g, '')))
            .observe(region, { childList: true, characterData: true, subtree: true });
    });
    return { said: () => page.evaluate(() => globalThis.said.filter(Boolean)) };
}

/** Returns the users that a window shows, by name. */
export function shown(page) {
    return page.locator('.person').evaluateAll((rows) => rows.map((row) => ({
        name: row.querySelector('bdi').textContent,
        status: row.dataset.status,
        where: row.querySelector('.where').textContent,
    })).sort((a, b) => a.name.localeCompare(b.name)));
}

export function pointAt(page, x, y) {
    return page.locator('#board').boundingBox().then((box) => page.mouse.move(box.x + box.width * x, box.y + box.height * y));
}

export async function photograph(page, name) {
    mkdirSync(process.env.SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}
