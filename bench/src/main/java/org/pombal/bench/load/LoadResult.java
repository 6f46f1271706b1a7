package org.pombal.bench.load;

/**
 * What came of a load. Written and read as one line.
 *
 * @param requests that were answered
 * @param bad answers that were not as they should be
 * @param nanos how long it took
 * @param p50Nanos median time from when a request was due to its answer; 0 where that was not measured
 * @param p99Nanos the same, of 99 in 100
 */
public record LoadResult(long requests, long bad, long nanos, long p50Nanos, long p99Nanos) {

    public double perSecond() {
        return requests * 1e9 / nanos;
    }

    String toLine() {
        return requests + " " + bad + " " + nanos + " " + p50Nanos + " " + p99Nanos;
    }

    /** Reads the line. */
    public static LoadResult parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 5) {
            throw new IllegalStateException("the load generator says: " + line);
        }
        return new LoadResult(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]));
    }
}
