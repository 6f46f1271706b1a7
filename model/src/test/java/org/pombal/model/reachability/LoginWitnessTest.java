package org.pombal.model.reachability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.model.reachability.LoginWitness.Finding.FAILED;
import static org.pombal.model.reachability.LoginWitness.Finding.GOT_IN;
import static org.pombal.model.reachability.LoginWitness.Finding.SAYS_NOTHING;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;

class LoginWitnessTest {

    private static final SiteId PORTO = new SiteId(new UUID(0, 1));
    private static final SiteId FARO = new SiteId(new UUID(0, 2));
    private static final long SECOND = 1_000_000_000L;

    private final LoginWitness witness = new LoginWitness(Duration.ofSeconds(45));
    private long now;

    private void logins(LoginWitness.Finding home, LoginWitness.Finding porto, int times) {
        for (int i = 0; i < times; i++) {
            now += 15 * SECOND;
            witness.atHome(now, home);
            witness.at(PORTO, now, porto, "it does not answer");
        }
    }

    @Test
    void aSiteThatLetsTheTestUserInNoLongerIsNotReached() {
        logins(GOT_IN, GOT_IN, 1);
        logins(GOT_IN, FAILED, 1);
        assertThat(witness.objection(PORTO, now)).as("once").isEmpty();
        logins(GOT_IN, FAILED, 1);

        assertThat(witness.objection(PORTO, now)).contains("no test login: it does not answer");
        assertThat(witness.objection(FARO, now)).isEmpty();
        logins(GOT_IN, GOT_IN, 1);
        assertThat(witness.objection(PORTO, now)).isEmpty();
    }

    @Test
    void whatFailsAtHomeTooIsNoFaultOfTheOtherSite() {
        logins(GOT_IN, GOT_IN, 1);
        logins(FAILED, FAILED, 10);
        assertThat(witness.objection(PORTO, now)).isEmpty();

        logins(GOT_IN, FAILED, 1);
        assertThat(witness.objection(PORTO, now)).isPresent();
    }

    @Test
    void aTestUserWhoNeverGotInSaysNothingNorDoesARefusedPassword() {
        logins(GOT_IN, FAILED, 10);
        assertThat(witness.objection(PORTO, now)).isEmpty();

        logins(GOT_IN, GOT_IN, 1);
        logins(GOT_IN, SAYS_NOTHING, 10);
        assertThat(witness.objection(PORTO, now)).isEmpty();
    }

    @Test
    void oldLoginsSayNothing() {
        logins(GOT_IN, GOT_IN, 1);
        logins(GOT_IN, FAILED, 5);
        assertThat(witness.objection(PORTO, now + 45 * SECOND)).isPresent();
        assertThat(witness.objection(PORTO, now + 46 * SECOND)).isEmpty();
    }
}
