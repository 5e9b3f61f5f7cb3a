package org.jurcu.refcount;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The misuse of a counter, as JFR records it: each one, not only the first of its site. */
@Name("jurcu.RefcountWarning")
@Label("Refcount Warning")
@Description("A reference count was misused; the kind says what became of it")
@Category({"Jurcu", "Refcount"})
@StackTrace
final class RefcountWarningEvent extends Event {
    @Label("Kind")
    String kind;

    @Label("Old Value")
    @Description("The count as the operation found it; of an Rcuref, the word that a get met or a put arrived at")
    int oldValue;

    @Label("Counter Class")
    Class<?> counterClass;

    static void record(RefcountWarning warning, Object counter, int oldValue) {
        RefcountWarningEvent event = new RefcountWarningEvent();
        if (event.isEnabled() && event.shouldCommit()) {
            event.kind = warning.name();
            event.oldValue = oldValue;
            event.counterClass = counter.getClass();
            event.commit();
        }
    }
}
