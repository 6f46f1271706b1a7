package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a backend's node says on the wire. */
class BackendWireTest extends WithBackendWire {

    private static final String LOGIN_24 = "AUTH|1|PLAIN|protocol=imap|session=s|resp=" + BackendWire.plain("x", "pw");

    @Test
    void ownUsersPassByteForByte() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            String reply = "OK|1|user=mine|original_user=Mine|x=\001t";
            assertThat(line.exchange(BackendWire.LOGIN, reply).client().receive())
                    .isEqualTo(reply);
        }
    }

    @Test
    void aForeignUserOfA23BackendIsProxiedOnWithHisPasswordAndAuthForgetsHim() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|proxy|destuser=x|pass=pw"
                            + "|host=b2.test|hostip=127.0.0.12|port=143|proxy_host_immediate_failure_after=0"
                            + "|forward_pombal=via:b1.test");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void soIsOneWhosePasswordCameAfterAChallenge() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            line.exchange("AUTH|1|PLAIN|service=imap", "CONT|1|");
            assertThat(line.client().receive()).isEqualTo("CONT|1|");
            line.exchange("CONT|1|" + BackendWire.plain("x", "later"), "OK|1|user=foreign");
            assertThat(line.client().receive()).contains("|destuser=x|pass=later|");
        }
    }

    @Test
    void aProxyThatFollowsReferralsIsReferred() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(LOGIN_24 + "|forward_fields=pombal=referrals", "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|nologin|host=127.0.0.12|port=143");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void anotherMechanismGetsATemporaryFailure() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(
                                    "AUTH|1|CRAM-MD5|service=imap|resp=" + BackendWire.plain("x", "pw"),
                                    "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign|code=temp_fail");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }

    @Test
    void whatABackendSentOnIsNotSentBack() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(BackendWire.LOGIN + "|forward_fields=pombal=via:b2.test", "OK|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign|code=temp_fail");
        }
    }

    @Test
    void refusalsAndWhatThePassdbSaysAboutAnotherHostPass() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(BackendWire.LOGIN, "FAIL|1|user=foreign")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1|user=foreign");
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=foreign|proxy|host=b9|pass=p")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|proxy|host=b9|pass=p");
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=foreign|nologin|reason=closed")
                            .client()
                            .receive())
                    .isEqualTo("OK|1|user=foreign|nologin|reason=closed");
        }
    }

    @Test
    void aPinnedUserPassesAndSoDoWhatAsksAboutHimLater() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            line.exchange(BackendWire.LOGIN + "|forward_fields=pombal=pinned", "OK|1|user=foreign");
            assertThat(line.client().receive()).isEqualTo("OK|1|user=foreign");
        }
        wire.stopRelay();
        try (BackendWire.Line line = wire.lookups()) {
            line.exchange("USER|1|foreign|service=indexer-worker", "USER|1|foreign|uid=0");
            assertThat(line.client().receive()).startsWith("USER|1|foreign");
        }
    }

    @Test
    void aMailProcessIsJudgedAgainAndItsPidIsKeptFromAuth() throws Exception {
        try (BackendWire.Line line = wire.mailProcesses()) {
            line.client().send("REQUEST|5|100|1|00ff|session_pid=77|request_auth_token");
            assertThat(line.server().receive()).isEqualTo("REQUEST|5|100|1|00ff|request_auth_token");
            line.server().send("USER|5|mine|uid=0");
            assertThat(line.client().receive()).isEqualTo("USER|5|mine|uid=0");

            line.exchange("REQUEST|6|100|2|00ff|session_pid=77", "USER|6|foreign|uid=0");
            assertThat(line.client().receive()).isEqualTo("FAIL|6|user=foreign|code=temp_fail");

            // A request that auth does not know any more.
            line.exchange("REQUEST|7|100|9|00ff|session_pid=77", "FAIL|7");
            assertThat(line.client().receive()).isEqualTo("FAIL|7");
        }
        assertThat(wire.pids()).containsExactly((int) ProcessHandle.current().pid());
    }

    @Test
    void nothingPrecedesTheHandshake() throws Exception {
        try (BackendWire.Line line = wire.lookups()) {
            line.client().sendRaw("VERSION|1|0\nUSER|1|foreign|service=lmtp\n");
            assertThat(line.server().receive(2)).hasSize(2);
            line.server().sendRaw("VERSION|1|1\nSPID|9\nUSER|1|foreign|uid=0\n");
            assertThat(line.client().receive(3))
                    .containsExactly("VERSION|1|1", "SPID|9", "FAIL|1|user=foreign|code=temp_fail");
        }
    }

    @Test
    void deliveriesAreSentOnAndLookupsOfForeignUsersRefused() throws Exception {
        try (BackendWire.Line line = wire.lookups()) {
            line.exchange("PASS|1|foreign|service=lmtp", "PASS|1|user=foreign");
            assertThat(line.client().receive())
                    .isEqualTo("PASS|1|user=foreign|proxy|host=b2.test|hostip=127.0.0.12|port=24"
                            + "|forward_pombal=via:b1.test");
            line.exchange("USER|2|foreign|service=lmtp", "USER|2|foreign|uid=0");
            assertThat(line.client().receive()).isEqualTo("FAIL|2|user=foreign|code=temp_fail");
            line.exchange("USER|3|mine|service=lmtp", "USER|3|mine|uid=0");
            assertThat(line.client().receive()).isEqualTo("USER|3|mine|uid=0");
            line.exchange("USER|4|gone|service=lmtp", "NOTFOUND|4");
            assertThat(line.client().receive()).isEqualTo("NOTFOUND|4");
        }
    }

    @Test
    void aNameThatNobodyCanHaveIsNoUser() throws Exception {
        try (BackendWire.Line line = wire.logins()) {
            assertThat(line.exchange(BackendWire.LOGIN, "OK|1|user=\u00ff")
                            .client()
                            .receive())
                    .isEqualTo("FAIL|1");
            assertThat(line.server().receive()).isEqualTo("CANCEL|1");
        }
    }
}
