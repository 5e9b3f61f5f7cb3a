package org.jurcu.stress.campaign.mutants;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.process.JavaCommand;

/**
 * Where the project stands and what runs it.
 *
 * @param root of the project
 * @param java launcher of the JVMs that are started
 * @param jar the stress module's, with everything in it
 */
record Site(Path root, Path java, Path jar) {
    /** The strategy that each JDK has; the orders of the other one are for the models. */
    static final String FENCE = "full";

    /** Returns the start of a command line whose class path is {@code classes}, if not null, and then {@code path}. */
    List<String> java(Path classes, String path) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(JavaCommand.forked(FENCE));
        command.add("-cp");
        command.add(classes == null ? path : classes + File.pathSeparator + path);
        return command;
    }
}
