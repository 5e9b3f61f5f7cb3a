package org.jurcu.stress.campaign.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;

/**
 * What must be there before anything is recorded; what is not gets one sentence.
 *
 * @param system name of the operating system, as Java has it
 * @param uid whose process this is; 0 is root's, -1 is not known
 * @param proc where procfs is mounted
 * @param candidates where tracefs may be mounted, the usual place first
 */
record Requirements(String system, int uid, Path proc, List<Tracefs> candidates) {
    /** The outermost pid namespace has a fixed number in every kernel. */
    private static final String OUTERMOST = "pid:[4026531836]";

    static Requirements ofThisMachine() {
        return new Requirements(
                System.getProperty("os.name"),
                uidOfThisProcess(),
                Path.of("/proc"),
                List.of(
                        new Tracefs(Path.of("/sys/kernel/tracing")),
                        new Tracefs(Path.of("/sys/kernel/debug/tracing"))));
    }

    private static int uidOfThisProcess() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return -1;
        }
    }

    /** Returns where to record. */
    Tracefs check() throws CampaignException {
        if (!system.equals("Linux")) {
            throw new CampaignException("capture records with Linux's tracefs, and this is " + system);
        }
        if (uid != 0) {
            throw new CampaignException("capture needs root to record with tracefs: run it with sudo");
        }
        if (!isOutermost()) {
            throw new CampaignException(
                    "capture runs in an inner pid namespace (a container), where the kernel's task numbers"
                            + " mean nothing: run it on the host");
        }
        Tracefs tracefs = mounted();
        for (CaptureEvent event : CaptureEvent.values()) {
            if (!tracefs.hasEvent(event)) {
                throw new CampaignException("this kernel has no event " + event.path() + " in " + tracefs.root()
                        + ": it was built without " + event.neededOption());
            }
        }
        return tracefs;
    }

    private Tracefs mounted() throws CampaignException {
        for (Tracefs tracefs : candidates) {
            if (tracefs.isMounted()) {
                return tracefs;
            }
        }
        if (!kernelHasTracefs()) {
            throw new CampaignException("this kernel has no tracefs: it was built without CONFIG_TRACING");
        }
        Path place = candidates.get(0).root();
        throw new CampaignException("tracefs is not mounted on " + place + ": mount -t tracefs nodev " + place);
    }

    private boolean isOutermost() {
        try {
            return Files.readSymbolicLink(proc.resolve("self/ns/pid"))
                    .toString()
                    .equals(OUTERMOST);
        } catch (IOException e) {
            return true; // a kernel without pid namespaces has one
        }
    }

    private boolean kernelHasTracefs() {
        try {
            return Files.readAllLines(proc.resolve("filesystems")).stream()
                    .anyMatch(line -> line.endsWith("\ttracefs"));
        } catch (IOException e) {
            return true;
        }
    }
}
