import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach } from 'node:test';
import { chromium } from 'playwright-core';
import { DEADLINE } from '../../sdk-test/support/deadline.js';
import { GatewayProcess } from '../../sdk-test/support/process.js';
import { sessionsFile } from '../../sdk-test/support/sessions.js';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];
const MANY_MESSAGES = ['--messages-per-minute', '100000', '--connects-per-minute', '100000'];

/** A gateway, a browser, and its windows. Each window is of a user of its own. */
export class Windows {
    #contexts = [];
    #browser;
    #gateway;
    #options;

    static async open(options = MANY_MESSAGES) {
        const windows = new Windows();
        windows.#options = ['--sessions', sessionsFile(), ...options];
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
        const page = await this.visit(`/?name=${name}`, options);
        await live(page);
        return page;
    }

    /** Opens a window of a new user. An error of the page fails the test. */
    async visit(path, options = {}) {
        const context = await this.#browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
        this.#contexts.push(context);
        context.setDefaultTimeout(DEADLINE);
        const page = await context.newPage();
        page.complaints = [];
        page.on('pageerror', (error) => page.complaints.push(error.message));
        await page.goto(this.url + path);
        return page;
    }

    /** Writes a presence without the page. */
    async put(id, presence) {
        const response = await fetch(`${this.url}/v1/presences/${id}`, {
            method: 'PUT',
            headers: { 'X-Appwrite-Project': 'demo', 'X-Appwrite-Session': 'eve-secret', 'Content-Type': 'application/json' },
            body: JSON.stringify({ permissions: ['read("any")'], ...presence }),
        });
        if (!response.ok) {
            throw new Error(await response.text());
        }
    }

    async #closeAll() {
        const complaints = this.#contexts.flatMap((context) => context.pages()).flatMap((page) => page.complaints);
        await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
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

/** Waits until an element has a text. */
export function reads(page, selector, text) {
    return page.waitForFunction(([where, wanted]) => document.querySelector(where).textContent === wanted, [selector, text]);
}

/** Returns the users that a window shows, by name. */
export function shown(page) {
    return page.locator('.person').evaluateAll((rows) => rows.map((row) => ({
        name: row.querySelector('.name').firstChild.textContent,
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
