package org.pombal.commands;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What parameters of one command have to do with one another. */
public sealed interface Rule {

    /** The names of the parameters it is about. */
    List<String> names();

    /** What is wrong, if these parameters are given and no others. */
    Optional<Problem> problem(Set<String> given);

    /** For the reference. */
    String description();

    /** One of these must be given, and not two. */
    record ExactlyOne(List<String> names) implements Rule {
        public ExactlyOne {
            names = List.copyOf(names);
        }

        @Override
        public Optional<Problem> problem(Set<String> given) {
            return switch ((int) names.stream().filter(given::contains).count()) {
                case 0 -> Optional.of(new Problem(Problem.Kind.MISSING, names.get(0), "give " + description()));
                case 1 -> Optional.empty();
                default -> new AtMostOne(names).problem(given);
            };
        }

        @Override
        public String description() {
            return "one of " + listed(names);
        }
    }

    /** These exclude one another. */
    record AtMostOne(List<String> names) implements Rule {
        public AtMostOne {
            names = List.copyOf(names);
        }

        @Override
        public Optional<Problem> problem(Set<String> given) {
            List<String> both = names.stream().filter(given::contains).toList();
            return both.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            Problem.Kind.CONFLICT,
                            both.get(1),
                            listed(both) + " exclude one another; give one of them"));
        }

        @Override
        public String description() {
            return "not both of " + listed(names);
        }
    }

    /** At least one of these must be given. */
    record AtLeastOne(List<String> names) implements Rule {
        public AtLeastOne {
            names = List.copyOf(names);
        }

        @Override
        public Optional<Problem> problem(Set<String> given) {
            return names.stream().anyMatch(given::contains)
                    ? Optional.empty()
                    : Optional.of(new Problem(Problem.Kind.MISSING, names.get(0), "give " + description()));
        }

        @Override
        public String description() {
            return "at least one of " + listed(names);
        }
    }

    /** The first has a meaning only together with the second. */
    record Needs(String name, String other) implements Rule {
        @Override
        public List<String> names() {
            return List.of(name, other);
        }

        @Override
        public Optional<Problem> problem(Set<String> given) {
            return given.contains(name) && !given.contains(other)
                    ? Optional.of(new Problem(Problem.Kind.MISSING, other, description()))
                    : Optional.empty();
        }

        @Override
        public String description() {
            return name + " is only for " + other;
        }
    }

    /**
     * The first does damage, and is done only with consent. The command line asks for it on a terminal.
     *
     * @param unless a parameter with which nothing is done
     */
    record NeedsConsent(String name, String consent, String unless) implements Rule {
        @Override
        public List<String> names() {
            return List.of(name, consent, unless);
        }

        @Override
        public Optional<Problem> problem(Set<String> given) {
            return given.contains(name) && !given.contains(consent) && !given.contains(unless)
                    ? Optional.of(new Problem(Problem.Kind.MISSING, consent, description()))
                    : Optional.empty();
        }

        @Override
        public String description() {
            return name + " needs " + consent + " (or " + unless + ")";
        }
    }

    private static String listed(List<String> names) {
        return names.stream().collect(joining(", "));
    }
}
