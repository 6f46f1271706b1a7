package org.pombal.model.scale;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a site's load takes, in whole backends: 2.4 keep two and two fifths wholly busy. Backends are taken to be alike. A backend of which nothing is
 * known counts as the mean of those that are known.
 *
 * @param name of what is measured, for messages
 * @param backends 0 or more
 * @param unknown hosts of which nothing is known
 */
record Demand(String name, double backends, List<String> unknown) {

    Demand {
        unknown = List.copyOf(unknown);
    }

    /** By each metric that the rules name; those of which nothing at all is known are left out. */
    static List<Demand> of(ScaleFacts facts, LoadRules rules) {
        List<Demand> demands = new ArrayList<>();
        if (rules.goesByCpu()) {
            of("CPU", facts, ScaledBackend.Measured::cpu).ifPresent(demands::add);
        }
        if (rules.goesBySessions()) {
            double perBackend = rules.perBackend().orElseThrow();
            of("sessions", facts, one -> OptionalDouble.of(one.load() / perBackend))
                    .ifPresent(demands::add);
        }
        return demands;
    }

    private static Optional<Demand> of(
            String name, ScaleFacts facts, Function<ScaledBackend.Measured, OptionalDouble> value) {
        List<ScaledBackend> carrying =
                facts.backends().stream().filter(ScaledBackend::carries).toList();
        double[] known = carrying.stream()
                .flatMap(one -> one.measured().map(value).stream())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        List<String> unknown = carrying.stream()
                .filter(one ->
                        one.measured().map(value).orElse(OptionalDouble.empty()).isEmpty())
                .map(one -> one.backend().host().value())
                .toList();
        double sum = 0;
        for (double one : known) {
            sum += one;
        }
        return known.length == 0
                ? Optional.empty()
                : Optional.of(new Demand(name, sum * carrying.size() / known.length, unknown));
    }

    /** How many backends it takes if each is used to that part. */
    int needs(double part) {
        return (int) Math.max(1, Math.ceil(backends / part - 1e-9));
    }

    /** How far so many backends would be used. */
    double use(int count) {
        return count == 0 ? Double.POSITIVE_INFINITY : backends / count;
    }

    String inWords(int count) {
        return name + " of " + count + (count == 1 ? " backend" : " backends") + " at " + percent(use(count)) + " %";
    }

    static String percent(double part) {
        return Double.isInfinite(part) ? "over 1,000" : String.format(Locale.ROOT, "%,d", Math.round(100 * part));
    }

    static String listed(List<String> hosts) {
        return hosts.stream().limit(3).collect(joining(", ")) + (hosts.size() > 3 ? ", ..." : "");
    }
}
