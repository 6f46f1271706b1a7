package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.acceptance.OddNames.Attempt;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.model.user.UserKey;

/**
 * Names that users type and that are not those of a row. Each is served by the backend of its mailbox or refused with an
 * answer, by every protocol, and does no harm to others. The first proxy lets few characters pass, as Dovecot usually
 * does; the second passes all of them on to Pombal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NamesContract {

    private static final String ALICE = "alice@example.org";

    /** Dovecot's log process may be behind. */
    private static final Duration LOGGED = Duration.ofSeconds(20);

    /** Names under which nobody can have a mailbox. */
    enum Impossible {
        TAB("t\tb@odd.test"),
        NUL("n\0l@odd.test"),
        NEWLINE("n\nl@odd.test"),
        CARRIAGE_RETURN_AND_NEWLINE("c\r\nn@odd.test"),
        NOT_UTF_8("jörg@odd.test"),
        LONGER_THAN_A_KEY("x".repeat(600) + "@odd.test"),
        TEN_KILOBYTES("x".repeat(10_000) + "@odd.test");

        private final String text;

        Impossible(String text) {
            this.text = text;
        }

        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }

        /** Login processes close the connection of somebody who sends too much. */
        boolean isEndedBy(Attempt attempt) {
            return attempt.outcome().equals("refused")
                    || (this == TEN_KILOBYTES && attempt.outcome().equals("broken"));
        }
    }

    abstract Lab lab();

    @BeforeAll
    void letTheSecondProxyPassAllCharacters() {
        lab().reconfigure(2, "auth_username_chars =\n");
    }

    @AfterAll
    void letItPassFewAgain() {
        lab().reconfigure(2, "");
    }

    @AfterEach
    void othersAreServedAndNothingBroke() {
        lab().awaitServed(1, ALICE);
        lab().awaitServed(2, ALICE);
        for (int number : List.of(1, 2)) {
            assertThat(lines(lab().site().node(number).log()))
                    .noneMatch(line -> line.contains(" ERROR ")
                            || line.startsWith("\tat ")
                            || line.contains("closing a connection of a Dovecot process"));
            assertThat(lines(lab().site().proxy(number).log()))
                    .noneMatch(line -> line.contains("Panic:") || line.contains("killed with signal"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatNobodyCanHaveIsRefusedAndCreatesNothing(Impossible name) {
        for (int proxy : List.of(1, 2)) {
            Set<String> rows = lab().rows().users();
            SessionWatch servedBy = lab().watch();

            List<Attempt> attempts = OddNames.attempt(lab(), proxy, name.bytes(), Lab.PASSWORD);

            assertThat(attempts).allMatch(name::isEndedBy);
            assertThat(lab().rows().users()).isEqualTo(rows);
            assertThat(servedBy.sessions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jörg@odd.test",
                "JÖRG@ODD.test",
                "o'q\"\\x@odd.test",
                "a b@odd.test",
                "a=b@odd.test",
                "a%c@odd.test"
            })
    void aNameOfUnusualCharactersIsServedByOneBackendWhereDovecotLetsItPass(String name) {
        Set<String> rows = lab().rows().users();
        assertThat(OddNames.attempt(lab(), 1, name.getBytes(UTF_8), Lab.PASSWORD))
                .allMatch(attempt -> attempt.outcome().equals("refused"));
        assertThat(lab().rows().users()).isEqualTo(rows);

        SessionWatch servedBy = lab().watch();
        List<Attempt> attempts = OddNames.attempt(lab(), 2, name.getBytes(UTF_8), Lab.PASSWORD);
        assertThat(attempts)
                .allMatch(attempt -> attempt.outcome().equals(isNoAddressFor(attempt, name) ? "refused" : "served"));
        // In lower case where that is ASCII.
        String mailbox = new UserKey(name).value();
        assertThat(sessions(servedBy, served(attempts)))
                .allMatch(session -> session.user().equals(mailbox))
                .extracting(WatchedSession::backend)
                .containsOnly(lab().rows().backendOf(mailbox).orElseThrow());
        rows.add(mailbox);
        assertThat(lab().rows().users()).isEqualTo(rows);
    }

    /** SMTP has quoting for the odd characters of ASCII; others are more than LMTP of 2.3 takes. */
    private boolean isNoAddressFor(Attempt attempt, String name) {
        return attempt.protocol().equals("lmtp")
                && lab().site().plan().dovecot().version() == DovecotVersion.V2_3
                && !name.chars().allMatch(c -> c < 128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALICE@Example.ORG", "alias@example.org"})
    void upperCaseAndAliasesAreServedByTheBackendOfTheMailbox(String name) {
        lab().deliver(1, ALICE);
        everythingGoesToAlice(name, Lab.PASSWORD, Set.of());
    }

    @Test
    void aNameThatGoesOnAfterANulIsAtMostTheOneBeforeIt() {
        Set<String> rows = lab().rows().users();
        SessionWatch servedBy = lab().watch();
        List<Attempt> attempts = OddNames.attempt(lab(), 2, (ALICE + "\0@odd.test").getBytes(UTF_8), Lab.PASSWORD);
        // The command LOGIN of IMAP cuts it off.
        assertThat(attempts).allMatch(attempt -> attempt.outcome()
                .equals(attempt.protocol().equals("imap_literal") ? "served" : "refused"));
        assertThat(sessions(servedBy, served(attempts)))
                .allMatch(session -> session.user().equals(ALICE))
                .extracting(WatchedSession::backend)
                .containsOnly(lab().rows().backendOf(ALICE).orElseThrow());
        assertThat(lab().rows().users()).isEqualTo(rows);
    }

    @Test
    void aMasterLoginIsServedByTheBackendOfTheMailbox() {
        lab().deliver(1, ALICE);
        // To the others a star is a character of an address, or any number of characters.
        everythingGoesToAlice(ALICE + "*boss", LabAccounts.MASTER_PASSWORD, Set.of("lmtp", "doveadm"));
    }

    @Test
    void aNameThatThePassdbMapsForTheBackendIsServedByTheBackendOfTheOther() {
        SessionWatch servedBy = lab().watch();
        assertThat(served(OddNames.attempt(lab(), 1, "mapped@example.org".getBytes(UTF_8), Lab.PASSWORD)))
                .isNotEmpty();
        assertThat(servedBy.next("imap", "bob@example.org", LOGGED).backend())
                .isEqualTo(lab().rows().backendOf("bob@example.org").orElseThrow());
        assertThat(lab().rows().user("mapped@example.org")).isEmpty();
    }

    @Test
    void detailOfAnAddressIsDeliveredToTheUsersBackend() {
        lab().deliver(1, ALICE);
        SessionWatch servedBy = lab().watch();
        lab().deliver(2, "alice+lists@example.org");
        assertThat(servedBy.next("lmtp", ALICE, LOGGED).backend())
                .isEqualTo(lab().rows().backendOf(ALICE).orElseThrow());
        assertThat(lab().rows().users()).doesNotContain("alice+lists@example.org");
    }

    private void everythingGoesToAlice(String name, String password, Set<String> exceptBy) {
        Set<String> rows = lab().rows().users();
        SessionWatch servedBy = lab().watch();
        List<Attempt> attempts = OddNames.attempt(lab(), 1, name.getBytes(UTF_8), password).stream()
                .filter(attempt -> !exceptBy.contains(attempt.protocol()))
                .toList();

        assertThat(attempts).allMatch(attempt -> attempt.outcome().equals("served"));
        assertThat(sessions(servedBy, attempts))
                .allMatch(session -> session.user().equals(ALICE))
                .extracting(WatchedSession::backend)
                .containsOnly(lab().rows().backendOf(ALICE).orElseThrow());
        assertThat(lab().rows().users()).isEqualTo(rows);
    }

    private static List<Attempt> served(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.outcome().equals("served"))
                .toList();
    }

    /** What the backends logged, once they have logged each that was served. */
    private static List<WatchedSession> sessions(SessionWatch servedBy, List<Attempt> served) {
        Set<String> protocols = served.stream()
                .map(attempt -> attempt.protocol().replaceFirst("_.*", ""))
                .collect(toSet());
        await().atMost(LOGGED).until(() -> servedBy.sessions().stream()
                .map(WatchedSession::protocol)
                .collect(toSet())
                .containsAll(protocols));
        return servedBy.sessions();
    }

    private static List<String> lines(Path log) {
        try (Stream<String> lines = Files.readString(log, ISO_8859_1).lines()) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
