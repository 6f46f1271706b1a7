package org.pombal.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.PreviousHop;
import org.pombal.dovecot.auth.Request;
import org.pombal.model.backend.HostName;
import org.pombal.node.backend.SendOnChoice.Choice;
import org.pombal.node.routing.Destination;

class SendOnChoiceTest {

    private static final HostName SELF = new HostName("b1.test");
    private static final PreviousHop CLIENT = PreviousHop.UNKNOWN;

    @Test
    void aProxyThatFollowsReferralsGetsOne() {
        assertThat(choose(login(Request.Dialect.V2_4, PreviousHop.FOLLOWS_REFERRALS), "b2.test", true))
                .isInstanceOf(Choice.Refer.class);
    }

    @Test
    void forAllOthersTheBackendIsAProxyItself() {
        assertThat(choose(login(Request.Dialect.V2_4, CLIENT), "b2.test", true)).isInstanceOf(Choice.ProxyOn.class);
        assertThat(choose(login(Request.Dialect.V2_3, CLIENT), "b2.test", true)).isInstanceOf(Choice.ProxyOn.class);
        // A 2.3 login process would write a referral that nobody follows.
        assertThat(choose(login(Request.Dialect.V2_3, PreviousHop.FOLLOWS_REFERRALS), "b2.test", true))
                .isInstanceOf(Choice.ProxyOn.class);
    }

    @Test
    void withoutAPasswordALoginCannotGoOnButADeliveryCan() {
        assertThat(choose(login(Request.Dialect.V2_3, CLIENT), "b2.test", false))
                .isInstanceOfSatisfying(Choice.GiveUp.class, giveUp -> assertThat(giveUp.reason())
                        .contains("PLAIN"));
        assertThat(choose(lookup(MailProtocol.LMTP, Request.Dialect.V2_3, CLIENT), "b2.test", false))
                .isInstanceOf(Choice.ProxyOn.class);
    }

    @Test
    void noBackendIsVisitedTwiceAndTheTrailHasAnEnd() {
        PreviousHop fromB2 = CLIENT.sentOnBy("b2.test");
        assertThat(choose(login(Request.Dialect.V2_3, fromB2), "b2.test", true))
                .isInstanceOfSatisfying(Choice.GiveUp.class, giveUp -> assertThat(giveUp.reason())
                        .contains("b2.test", "disagree"));
        assertThat(choose(login(Request.Dialect.V2_3, fromB2), "b3.test", true)).isInstanceOf(Choice.ProxyOn.class);
        assertThat(choose(login(Request.Dialect.V2_3, fromB2.sentOnBy("b4.test")), "b3.test", true))
                .isInstanceOf(Choice.GiveUp.class);
        assertThat(choose(login(Request.Dialect.V2_3, CLIENT), "B1.test", true)).isInstanceOf(Choice.GiveUp.class);
    }

    @Test
    void doveadmIsNeverReferredAndUnknownServicesAreRefused() {
        assertThat(choose(
                        lookup(MailProtocol.DOVEADM, Request.Dialect.V2_4, PreviousHop.FOLLOWS_REFERRALS),
                        "b2.test",
                        false))
                .isInstanceOf(Choice.ProxyOn.class);
        Request quota = request(Request.Kind.PASS, Optional.empty(), Request.Dialect.V2_3, CLIENT);
        assertThat(choose(quota, "b2.test", false)).isInstanceOf(Choice.GiveUp.class);
    }

    @Test
    void withoutADestinationThereIsATemporaryFailure() {
        Request login = login(Request.Dialect.V2_4, PreviousHop.FOLLOWS_REFERRALS);
        assertThat(SendOnChoice.choose(login, new Elsewhere.Place.Nowhere("no address"), true, SELF))
                .isEqualTo(new Choice.GiveUp("no address"));
    }

    private static Choice choose(Request request, String owner, boolean hasCredentials) {
        Elsewhere.Place place = new Elsewhere.Place.At(new Destination(owner, InetAddress.getLoopbackAddress()));
        return SendOnChoice.choose(request, place, hasCredentials, SELF);
    }

    private static Request login(Request.Dialect dialect, PreviousHop hop) {
        return request(Request.Kind.AUTH, Optional.of(MailProtocol.IMAP), dialect, hop);
    }

    private static Request lookup(MailProtocol protocol, Request.Dialect dialect, PreviousHop hop) {
        return request(Request.Kind.PASS, Optional.of(protocol), dialect, hop);
    }

    private static Request request(
            Request.Kind kind, Optional<MailProtocol> protocol, Request.Dialect dialect, PreviousHop hop) {
        return new Request(kind, 1, protocol, dialect, "s", Optional.empty(), hop, Optional.empty(), true);
    }

    @Test
    void theTrailIsReadInTheOrderOfTheWay() {
        assertThat(CLIENT.sentOnBy("b1").sentOnBy("b2").sentOnBy()).isEqualTo(List.of("b1", "b2"));
    }
}
