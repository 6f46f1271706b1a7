package org.pombal.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether this machine is too slow for the usual times of ownership. */
final class Calibration {

    private static final int PROCESSES = 4;
    private static final int ROUNDS = 3;
    /** An idle machine with two cores takes a quarter of it. */
    private static final Duration USUAL = Duration.ofMillis(800);

    private static final int SLOW = 4;

    private Calibration() {}

    /** By how much to multiply them: 1 or 4. Starts some processes of Java, and looks how long they take. */
    static int timing() {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.min(best, round());
        }
        return best > USUAL.toNanos() ? SLOW : 1;
    }

    private static long round() {
        long began = System.nanoTime();
        try {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(
                        new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xshare:off", "-version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start());
            }
            for (Process process : processes) {
                process.waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Java", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.nanoTime() - began;
    }
}
