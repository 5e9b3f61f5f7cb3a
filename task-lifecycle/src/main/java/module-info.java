/** The life and death of task_struct on JVM threads, and the replay of a real kernel's recordings. */
module org.jurcu.task {
    requires transitive org.jurcu.rcu;

    exports org.jurcu.task;
    exports org.jurcu.task.load;
    exports org.jurcu.task.trace;
    exports org.jurcu.task.replay;
    exports org.jurcu.task.timeline;
}
