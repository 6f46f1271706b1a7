package org.pombal.node.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pombal.model.backend.HostName;

/** What this machine is called. */
public final class MachineName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "localhost";

    private MachineName() {}

    /** The kernel's host name; asks no name service. */
    public static String get() {
        try {
            String name = Files.readString(KERNEL).strip();
            return name.isEmpty() ? UNKNOWN : name;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** The name as a host name may be; the kernel takes others too, as {@code mail_1}. */
    public static HostName asHostName(String machine) {
        String allowed = machine.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("(^|\\.)[.-]+|[.-]+(?=\\.|$)", "$1");
        try {
            return new HostName(allowed);
        } catch (IllegalArgumentException e) {
            return new HostName(allowed.matches("[0-9.]+") ? "host-" + allowed.replace('.', '-') : UNKNOWN);
        }
    }
}
