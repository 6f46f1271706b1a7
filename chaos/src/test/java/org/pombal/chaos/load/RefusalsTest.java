package org.pombal.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.chaos.history.ClientEvent.Outcome;

class RefusalsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap 10.77.0.11:143 answered 'p1 NO [AUTHENTICATIONFAILED] Authentication failed.' to AUTHENTICATE PLAIN",
                "imap 10.77.0.11:143 answered 'p1 NO No such user' to AUTHENTICATE PLAIN",
                "imap 10.77.0.11:143 answered 'p1 BAD Error' to AUTHENTICATE PLAIN",
                "pop3 10.77.0.11:110 answered '-ERR [AUTH] Authentication failed.' to AUTH PLAIN",
                "lmtp 10.77.0.11:24 answered '550 5.1.1 User doesn't exist' to RCPT TO"
            })
    void theseSendTheUserAway(String message) {
        assertThat(Refusals.outcome(message)).isEqualTo(Outcome.FAILED_FOR_GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap 10.77.0.11:143 answered 'p1 NO [UNAVAILABLE] Temporary authentication failure.' to AUTHENTICATE PLAIN",
                "imap 10.77.0.11:143 answered 'p1 NO [SERVERBUG] Internal error' to AUTHENTICATE PLAIN",
                "imap 10.77.0.11:143 answered '* BYE Server shutting down.' to AUTHENTICATE PLAIN",
                "imap 10.77.0.11:143 closed the connection",
                "imap 10.77.0.11:143 cannot be read from: Read timed out",
                "pop3 10.77.0.11:110 answered '-ERR [SYS/TEMP] Temporary failure.' to AUTH PLAIN",
                "lmtp 10.77.0.11:24 answered '451 4.3.0 Temporary internal error' to RCPT TO"
            })
    void theseLetHimTryAgain(String message) {
        assertThat(Refusals.outcome(message)).isEqualTo(Outcome.FAILED_FOR_NOW);
    }

    @Test
    void aSessionThatIsEndedIsNotARefusal() {
        assertThat(Refusals.isAnswer("imap 10.77.0.11:143 closed the connection"))
                .isFalse();
        assertThat(Refusals.isAnswer("imap 10.77.0.11:143 answered '* BYE Server shutting down.' to SELECT"))
                .isFalse();
        assertThat(Refusals.isAnswer("imap 10.77.0.11:143 answered 'p2 NO [UNAVAILABLE] No quota' to SELECT"))
                .isTrue();
    }
}
