import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GatewayProcess } from './support/process.js';

async function withGateway(options, trial) {
    const gateway = await GatewayProcess.start(options);
    try {
        await trial(gateway);
    } finally {
        await gateway.stop();
    }
}

test('A session survives a restart with --secret, and so does signing out', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gateway-'));
    const options = ['--secret', join(directory, 'secret')];
    const headers = { 'X-Appwrite-Project': 'demo', 'Content-Type': 'application/json' };
    const account = (url, secret) => fetch(`${url}/v1/account`, { headers: { ...headers, 'X-Appwrite-Session': secret } });
    const signIn = async (url) => {
        const response = await fetch(`${url}/v1/account/sessions/anonymous`, { method: 'POST', headers, body: '{}' });
        return JSON.parse(response.headers.get('X-Fallback-Cookies')).a_session_demo;
    };
    let kept;
    let ended;
    await withGateway(options, async ({ url }) => {
        [kept, ended] = [await signIn(url), await signIn(url)];
        const out = { method: 'DELETE', headers: { ...headers, 'X-Appwrite-Session': ended }, body: '{}' };
        assert.equal((await fetch(`${url}/v1/account/sessions/current`, out)).status, 204);
    });

    await withGateway(options, async ({ url }) => {
        assert.equal((await account(url, kept)).status, 200);
        assert.equal((await account(url, ended)).status, 401);
    });
    await withGateway([], async ({ url }) => assert.equal((await account(url, kept)).status, 401));
    rmSync(directory, { recursive: true });
});
