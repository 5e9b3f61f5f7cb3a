package org.jurcu.stress.campaign.model;

/**
 * The JVM that ran the campaign and everything it started.
 *
 * @param version full, with the build
 * @param vendor with its own version, where it has one
 * @param vm name and mode
 */
public record Jdk(String version, String vendor, String vm) {
    /** Describes this JVM. */
    public static Jdk here() {
        String vendorVersion = System.getProperty("java.vendor.version", "");
        return new Jdk(
                Runtime.version().toString(),
                (System.getProperty("java.vendor") + " " + vendorVersion).strip(),
                System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.info"));
    }
}
