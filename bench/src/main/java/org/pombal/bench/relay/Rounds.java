package org.pombal.bench.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.pombal.bench.kit.ProcessFigures;
import org.pombal.bench.load.LoadCommand;
import org.pombal.bench.load.LoadResult;

/** What one relay did, round after round. */
final class Rounds {

    private final Relay relay;
    private final Extent extent;
    private final Load load;
    private final List<Sample> floods = new ArrayList<>();
    private final List<Sample> steadies = new ArrayList<>();
    private long bad;

    private record Sample(LoadResult result, long cpuNanos) {

        double cpuMicros() {
            return cpuNanos / 1e3 / result.requests();
        }
    }

    Rounds(Relay relay, Extent extent, Load load) {
        this.relay = relay;
        this.extent = extent;
        this.load = load;
    }

    String relayName() {
        return relay.name();
    }

    void warmUp() {
        visit(0, extent.users());
        measure(LoadCommand.Kind.FLOOD, extent.warmUpSeconds());
        measure(LoadCommand.Kind.STEADY, extent.warmUpSeconds());
    }

    /** One round. */
    void run() {
        floods.add(measure(LoadCommand.Kind.FLOOD, extent.seconds()));
        steadies.add(measure(LoadCommand.Kind.STEADY, extent.seconds()));
    }

    /** Lets users log in once. */
    void visit(int first, int users) {
        bad += load.run(command(LoadCommand.Kind.VISIT, 0, first, users)).bad();
    }

    private Sample measure(LoadCommand.Kind kind, int seconds) {
        long before = ProcessFigures.cpuNanos(relay.processes());
        LoadResult result = load.run(command(kind, seconds, 0, extent.users()));
        bad += result.bad();
        return new Sample(result, ProcessFigures.cpuNanos(relay.processes()) - before);
    }

    private LoadCommand command(LoadCommand.Kind kind, int seconds, int first, int users) {
        return new LoadCommand(
                kind,
                relay.socket(),
                relay.namesHosts(),
                extent.connections(),
                kind == LoadCommand.Kind.STEADY ? extent.perSecond() : extent.inFlight() / extent.connections(),
                seconds,
                first,
                users);
    }

    /** Medians, with what was measured of the memory elsewhere. */
    Figures figures(Map<Integer, Long> residentBytes, OptionalDouble ownBytesPerUser) {
        return new Figures(
                relay.name(),
                median(floods, sample -> sample.result().perSecond()),
                median(floods, Sample::cpuMicros),
                median(steadies, Sample::cpuMicros),
                median(steadies, sample -> sample.result().p50Nanos() / 1e3),
                median(steadies, sample -> sample.result().p99Nanos() / 1e3),
                residentBytes,
                ownBytesPerUser,
                bad);
    }

    /** What the last round said, for whoever watches. */
    String lastRound() {
        Sample flood = floods.get(floods.size() - 1);
        Sample steady = steadies.get(steadies.size() - 1);
        return String.format(
                "%s: %.0f/s, %.2f µs; at %d/s %.1f µs, p50 %.0f µs, p99 %.0f µs",
                relay.name(),
                flood.result().perSecond(),
                flood.cpuMicros(),
                extent.perSecond(),
                steady.cpuMicros(),
                steady.result().p50Nanos() / 1e3,
                steady.result().p99Nanos() / 1e3);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
