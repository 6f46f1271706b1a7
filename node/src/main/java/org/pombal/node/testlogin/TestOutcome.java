package org.pombal.node.testlogin;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.pombal.model.reachability.LoginWitness;
import org.pombal.model.statistics.Counts;
import org.pombal.model.statistics.FailureKind;

/** What came of a login of the test user. */
sealed interface TestOutcome {

    /** For people. */
    String reason();

    /** Of which kind, for metrics. */
    String label();

    Counts counts();

    /** What it says about a site whose load balancer it was made at, or about the own site. */
    LoginWitness.Finding finding();

    /** He got in, and saw his INBOX. */
    record Succeeded(Duration took) implements TestOutcome {
        public Succeeded {
            requireNonNull(took, "took is null");
        }

        @Override
        public String reason() {
            return "it serves";
        }

        @Override
        public String label() {
            return "success";
        }

        @Override
        public Counts counts() {
            return new Counts(1, 1, Map.of(), took);
        }

        @Override
        public LoginWitness.Finding finding() {
            return LoginWitness.Finding.GOT_IN;
        }
    }

    /** The destination is at fault, or does not like the password. */
    record Failed(FailureKind kind, String reason) implements TestOutcome {
        public Failed {
            requireNonNull(kind, "kind is null");
            requireNonNull(reason, "reason is null");
        }

        @Override
        public String label() {
            return kind.toString();
        }

        @Override
        public Counts counts() {
            return new Counts(1, 0, Map.of(kind, 1L), Duration.ZERO);
        }

        @Override
        public LoginWitness.Finding finding() {
            return kind == FailureKind.AUTHENTICATION ? LoginWitness.Finding.SAYS_NOTHING : LoginWitness.Finding.FAILED;
        }
    }

    /**
     * He was asked to come back later or to go elsewhere, as users are too who come when a backend serves nobody: that speaks of no fault of
     * the backend.
     *
     * @param isUnavailable whether he was asked to come back later: a whole site should be able to serve him
     */
    record Inconclusive(String reason, boolean isUnavailable) implements TestOutcome {
        public Inconclusive {
            requireNonNull(reason, "reason is null");
        }

        Inconclusive(String reason) {
            this(reason, false);
        }

        @Override
        public String label() {
            return "inconclusive";
        }

        @Override
        public Counts counts() {
            return new Counts(1, 0, Map.of(), Duration.ZERO);
        }

        @Override
        public LoginWitness.Finding finding() {
            return isUnavailable ? LoginWitness.Finding.FAILED : LoginWitness.Finding.SAYS_NOTHING;
        }
    }
}
