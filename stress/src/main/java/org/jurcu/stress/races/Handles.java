package org.jurcu.stress.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Looks up the variables of this package's models; each caller keeps the handle in a constant, so that it folds. */
final class Handles {
    private Handles() {}

    static VarHandle of(Class<?> owner, String field, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
