package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.TimeUnit;

/**
 * The first number of {@code /proc/uptime}: seconds with two decimals (proc(5)). Kept open, and not by a channel, which an interrupted
 * thread would close.
 */
final class ProcUptime implements UptimeClock.Uptime {

    private static final String FILE = "/proc/uptime";
    private static final long HUNDREDTH = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LONGEST = 64;

    private final RandomAccessFile file;
    private final byte[] text = new byte[LONGEST];

    ProcUptime() throws IOException {
        file = new RandomAccessFile(FILE, "r");
    }

    @Override
    public synchronized long nanos() throws IOException {
        file.seek(0);
        return parse(new String(text, 0, Math.max(0, file.read(text)), US_ASCII));
    }

    static long parse(String line) throws IOException {
        int point = line.indexOf('.');
        int end = line.indexOf(' ');
        try {
            if (point < 0 || end != point + 3) {
                throw new NumberFormatException("no seconds with two decimals");
            }
            return (Long.parseLong(line, 0, point, 10) * 100 + Long.parseLong(line, point + 1, end, 10)) * HUNDREDTH;
        } catch (NumberFormatException e) {
            throw new IOException(FILE + " says '" + line.strip() + "', which is not the time since the start", e);
        }
    }
}
