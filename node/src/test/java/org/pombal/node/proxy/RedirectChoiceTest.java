package org.pombal.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.dovecot.auth.Redirect;
import org.pombal.model.routing.Route;
import org.pombal.model.user.UserKey;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destination;

class RedirectChoiceTest {

    private final Destination b1 = destination("b1.test", "127.0.0.31");
    private final Destination b2 = destination("b2.test", "127.0.0.32");
    private final Destination b6 = destination("b6.test", "2001:db8::6");
    private final List<Destination> backends = List.of(b1, b2, b6);

    @Test
    void whatGeoDbSaysNowGoesFirst() {
        assertThat(choose("127.0.0.77:1143", go(b2), "127.0.0.31:1143")).isEqualTo(new RedirectChoice.Choice.GoOn(b2));
    }

    @Test
    void theBackendsHintIsFollowedWhereGeoDbNamesTheOneThatRefused() {
        assertThat(choose("127.0.0.32:1143", go(b1), "127.0.0.31:1143")).isEqualTo(new RedirectChoice.Choice.GoOn(b2));
    }

    @Test
    void theBackendsHintIsFollowedWhileGeoDbIsAway() {
        Answer away = new Answer.Unavailable("GeoDB is away");

        assertThat(choose("b2.test:1143", away, "127.0.0.31:1143")).isEqualTo(new RedirectChoice.Choice.GoOn(b2));
    }

    @Test
    void ipv6IsUnderstoodWithAndWithoutBrackets() {
        Answer away = new Answer.Unavailable("GeoDB is away");

        assertThat(choose("2001:db8:0::6:1143", away)).isEqualTo(new RedirectChoice.Choice.GoOn(b6));
        assertThat(choose("[2001:db8::6]:2424", away)).isEqualTo(new RedirectChoice.Choice.GoOn(b6));
        assertThat(choose("b1.test:1", go(b6), "[2001:db8::6]:2424")).isEqualTo(new RedirectChoice.Choice.GoOn(b1));
    }

    @Test
    void nothingIsTriedTwice() {
        assertThat(choose("127.0.0.31:1143", go(b2), "127.0.0.32:1143", "127.0.0.31:1143"))
                .isInstanceOf(RedirectChoice.Choice.GiveUp.class);
    }

    @Test
    void aHostThatIsNoBackendOfTheSiteIsNotFollowed() {
        assertThat(choose("192.0.2.1:1143", go(b1), "127.0.0.31:1143"))
                .isInstanceOfSatisfying(RedirectChoice.Choice.GiveUp.class, choice -> assertThat(choice.reason())
                        .contains("192.0.2.1:1143"));
    }

    @Test
    void afterManyAttemptsItEnds() {
        String[] attempts = IntStream.range(0, RedirectChoice.MAX_ATTEMPTS)
                .mapToObj(i -> "192.0.2." + i + ":143")
                .toArray(String[]::new);

        assertThat(choose("127.0.0.32:1143", go(b2), attempts)).isInstanceOf(RedirectChoice.Choice.GiveUp.class);
    }

    @Test
    void nonsenseFromTheWireIsNobody() {
        for (String next : List.of("", ":", "::", "[", "b9", "[]:1", "\n")) {
            assertThat(choose(next, new Answer.Unavailable("away"), "", ":", "x"))
                    .isInstanceOf(RedirectChoice.Choice.GiveUp.class);
        }
    }

    private RedirectChoice.Choice choose(String next, Answer fresh, String... attempts) {
        return RedirectChoice.choose(new Redirect("bob", next, List.of(attempts)), fresh, backends);
    }

    private static Answer.Go go(Destination destination) {
        return new Answer.Go(destination, new Route.Unroutable(new UserKey("bob"), "not looked at"));
    }

    private static Destination destination(String host, String address) {
        try {
            return new Destination(host, InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
