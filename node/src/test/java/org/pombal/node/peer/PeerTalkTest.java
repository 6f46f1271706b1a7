package org.pombal.node.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;
import org.pombal.node.ownership.Arrival;

@Timeout(60)
class PeerTalkTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HostName HOST = new HostName("a.example");
    private static final VoterId A = VoterId.ofBackend(HOST);
    private static final VoterId P = VoterId.ofProxy(new HostName("p.example"));
    private static final UserKey ANN = new UserKey("ann@example.org");
    private static final BackendId BACKEND = BackendId.random();

    private final PeerFixture peers = new PeerFixture();
    private final VoteAnswer down = new VoteAnswer(A, UUID.randomUUID(), Vote.DOWN);
    private final FakeOwner owner = new FakeOwner();

    /** Remembers who arrived, and answers when it is told to. */
    private static final class FakeOwner implements Owner {
        private final ConcurrentLinkedQueue<String> arrived = new ConcurrentLinkedQueue<>();
        private final Map<UserKey, CompletableFuture<Arrival.Outcome>> asked = new ConcurrentHashMap<>();

        @Override
        public void arrived(GroupId group, UserKey user) {
            arrived.add(group + " " + user);
        }

        @Override
        public void released(BackendId backend) {
            arrived.add("released " + backend);
        }

        @Override
        public CompletionStage<Arrival.Outcome> where(UserKey user, HoldLimits.Kind kind) {
            return asked.computeIfAbsent(user, none -> new CompletableFuture<>());
        }
    }

    private static Voting says(VoteAnswer answer) {
        return wanted -> CompletableFuture.completedFuture(answer);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Peers askers() {
        return new Peers(
                peers.client(PeerFixture.KEY),
                id -> id.equals(BACKEND) ? Optional.of(HOST) : Optional.empty(),
                OwnershipTimings.DEFAULT);
    }

    @AfterEach
    void close() throws Exception {
        peers.close();
    }

    @Test
    void aPeerSaysItsVote() throws Exception {
        peers.serve(A, says(down), Optional.empty());

        assertThat(get(peers.client(PeerFixture.KEY).vote(peers.site, A, Vote.UP, LIMIT)))
                .isEqualTo(down);
    }

    @Test
    void anotherKeyOpensNothing() throws Exception {
        peers.serve(A, says(down), Optional.of(owner));

        assertThatThrownBy(() -> get(peers.client("another").vote(peers.site, A, Vote.UP, LIMIT)))
                .hasMessageContaining("backend/a.example (peer.example:")
                .hasMessageContaining("answered 401: the key (cluster_peer_key) is another one here");
    }

    @Test
    void whoIsNotWhoWasAskedDoesNotVote() throws Exception {
        peers.serve(A, P, says(new VoteAnswer(P, UUID.randomUUID(), Vote.UP)), Optional.empty());

        assertThatThrownBy(() -> get(peers.client(PeerFixture.KEY).vote(peers.site, A, Vote.UP, LIMIT)))
                .hasMessageContaining("answered 421: this is proxy/p.example of site " + peers.site);
    }

    @Test
    void nodesOfOtherSitesHaveNoBusinessHere() throws Exception {
        peers.serve(A, says(down), Optional.empty());

        assertThatThrownBy(() -> get(peers.client(PeerFixture.KEY).vote(SiteId.random(), A, Vote.UP, LIMIT)))
                .hasMessageContaining("answered 421");
    }

    @Test
    void anAnswerInAnothersNameIsNone() throws Exception {
        peers.serve(A, says(new VoteAnswer(P, UUID.randomUUID(), Vote.UP)), Optional.empty());

        assertThatThrownBy(() -> get(peers.client(PeerFixture.KEY).vote(peers.site, A, Vote.UP, LIMIT)))
                .hasMessageContaining("backend/a.example was asked, and proxy/p.example has answered");
    }

    @Test
    void aPeerThatIsNotKnownOrDoesNotListenIsSaidToBeSo() throws Exception {
        PeerServer server = peers.serve(A, says(down), Optional.empty());
        server.stop();
        PeerClient client = peers.client(PeerFixture.KEY);

        assertThatThrownBy(() -> get(client.vote(peers.site, P, Vote.UP, LIMIT)))
                .hasMessageContaining("the address of proxy/p.example is not known");
        assertThatThrownBy(() -> get(client.vote(peers.site, A, Vote.UP, LIMIT)))
                .hasMessageContaining("vote at backend/a.example (peer.example:");
    }

    @Test
    void aPeerThatIsSilentIsNotWaitedForLonger() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            peers.addresses.put(A, new PeerAddress("peer.example", silent.getLocalPort()));

            assertThatThrownBy(() ->
                            get(peers.client(PeerFixture.KEY).vote(peers.site, A, Vote.UP, Duration.ofMillis(200))))
                    .hasMessageContaining("no answer within 200 ms");
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        int port = peers.serve(A, says(down), Optional.empty()).address().getPort();
        PeerClient client = peers.client(PeerFixture.KEY);

        get(client.vote(peers.site, A, Vote.UP, LIMIT));
        get(client.vote(peers.site, A, Vote.UP, LIMIT));

        assertThat(Connections.establishedTo(port)).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiedMeanwhileIsReplaced() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            peers.addresses.put(A, new PeerAddress("peer.example", server.getLocalPort()));
            PeerClient client = peers.client(PeerFixture.KEY);
            CompletionStage<VoteAnswer> first = client.vote(peers.site, A, Vote.UP, LIMIT);
            try (Socket kept = server.accept()) {
                readQuestion(kept);
                answer(kept);
                assertThat(get(first)).isEqualTo(down);
                CompletionStage<VoteAnswer> second = client.vote(peers.site, A, Vote.UP, LIMIT);
                readQuestion(kept);
                kept.close();
                try (Socket fresh = server.accept()) {
                    readQuestion(fresh);
                    answer(fresh);
                    assertThat(get(second)).isEqualTo(down);
                }
            }
        }
    }

    private static void readQuestion(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        int next = socket.getInputStream().read();
        while (next != '}') {
            assertThat(next).isNotNegative();
            next = socket.getInputStream().read();
        }
    }

    private void answer(Socket socket) throws IOException {
        byte[] body = down.toMessage().toBytes();
        socket.getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n" + down.toMessage())
                        .getBytes(UTF_8));
    }

    @Test
    void aBackendHearsWhoWaits() throws Exception {
        peers.serve(A, says(down), Optional.of(owner));
        GroupId group = GroupId.numbered(peers.site, 1);
        Peers asker = askers();

        asker.arrived(BackendId.random(), group, ANN);
        asker.arrived(BACKEND, group, ANN);

        await().untilAsserted(() -> assertThat(owner.arrived).containsExactly(group + " " + ANN));
    }

    @Test
    void aReleasedLeaseIsMentionedToOneNode() throws Exception {
        peers.serve(A, says(down), Optional.of(owner));

        askers().released(peers.site, BACKEND, A);

        await().untilAsserted(() -> assertThat(owner.arrived).containsExactly("released " + BACKEND));
    }

    @Test
    void whereAUserIsIsAnsweredWhenItIsDecided() throws Exception {
        peers.serve(A, says(down), Optional.of(owner));
        Peers asker = askers();
        List<Arrival.Outcome> outcomes = List.of(
                new Arrival.Outcome.Served(),
                new Arrival.Outcome.Elsewhere(BackendId.random()),
                new Arrival.Outcome.OtherSite(SiteId.random()),
                new Arrival.Outcome.Refused("as \"many\" wait\nas may"));
        List<CompletableFuture<Arrival.Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            answers.add(asker.where(peers.site, BACKEND, new UserKey("user" + i), HoldLimits.Kind.LOGIN)
                    .toCompletableFuture());
        }
        await().until(() -> owner.asked.size() == outcomes.size());
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        for (int i = 0; i < outcomes.size(); i++) {
            requireNonNull(owner.asked.get(new UserKey("user" + i))).complete(outcomes.get(i));
        }

        for (int i = 0; i < outcomes.size(); i++) {
            assertThat(get(answers.get(i))).isEqualTo(outcomes.get(i));
        }
    }

    @Test
    void aVoteDoesNotWaitForUsersThatAreHeld() throws Exception {
        peers.serve(A, says(down), Optional.of(owner));
        PeerClient client = peers.client(PeerFixture.KEY);
        CompletionStage<Arrival.Outcome> held =
                client.ask(peers.site, A, new Question.Where(ANN, HoldLimits.Kind.LOGIN), LIMIT, Places::parse);
        await().until(() -> owner.asked.containsKey(ANN));

        assertThat(get(client.vote(peers.site, A, Vote.UP, LIMIT))).isEqualTo(down);
        assertThat(held.toCompletableFuture()).isNotDone();
    }

    @Test
    void aProxysNodeIsNotAskedWhereUsersAre() throws Exception {
        peers.serve(A, says(down), Optional.empty());

        assertThatThrownBy(() -> get(askers().where(peers.site, BACKEND, ANN, HoldLimits.Kind.DELIVERY)))
                .hasMessageContaining("answered 404: this node stands beside a proxy");
    }
}
