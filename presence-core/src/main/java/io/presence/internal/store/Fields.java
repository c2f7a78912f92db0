package io.presence.internal.store;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;

/** The variable handles of fields. A handle that is kept in a static final field costs nothing to use. */
public final class Fields {

    private Fields() {}

    /**
     * Returns the handle of a field of the class that calls.
     *
     * @param lookup the lookup of that class
     */
    public static VarHandle varHandle(Lookup lookup, String name, Class<?> type) {
        try {
            return lookup.findVarHandle(lookup.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
