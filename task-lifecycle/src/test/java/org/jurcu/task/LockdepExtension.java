package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails every test in which a rule of docs/synchronization.md was broken, on whatever thread. */
public class LockdepExtension implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        assertEquals(List.of(), Lockdep.takeBreaches(), "locks were not taken or fields not touched as the rules are");
    }
}
