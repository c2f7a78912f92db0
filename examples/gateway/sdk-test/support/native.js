import { register } from 'node:module';

/** The part of React Native that its SDK uses in the tests. */
const MODULES = {
    'react-native': `export const Platform = { OS: 'android' };`,
    'expo-file-system': 'export const EncodingType = {};',
};

const HOOK = `
    const modules = ${JSON.stringify(MODULES)};
    export function resolve(name, context, next) {
        return name in modules
            ? { url: 'data:text/javascript,' + encodeURIComponent(modules[name]), shortCircuit: true }
            : next(name, context);
    }`;

register('data:text/javascript,' + encodeURIComponent(HOOK));

/** The SDK of React Native, unmodified. Its pages have the origin `appwrite-android://PLATFORM`. */
export const native = await import('react-native-appwrite');
