package io.presence.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Loads all of {@code io.presence} anew, each class as the subclass rewrites it. */
abstract class RewritingLoader extends ClassLoader {

    private static final String OURS = "io.presence.";

    RewritingLoader() {
        super(RewritingLoader.class.getClassLoader());
    }

    /** Returns the code of a class to load in place of what was compiled, which may be the same. */
    abstract byte[] rewritten(String name, byte[] compiled);

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = rewritten(name, in.readAllBytes());
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
