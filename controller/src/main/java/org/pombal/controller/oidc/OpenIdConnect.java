package org.pombal.controller.oidc;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.settings.OidcSettings;
import org.pombal.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer whose word is taken, if the settings name one. It is asked on threads of its own: two for programs and two for people, so that
 * neither wait for what the others bring. An answer comes within {@value #PATIENCE_SECONDS} s.
 */
public final class OpenIdConnect implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenIdConnect.class);

    /** Where the issuer sends browsers back to. */
    public static final String CALLBACK = "/api/v1/login/callback";

    private static final int THREADS = 2;
    private static final int MOST_PROGRAMS_WAITING = 256;
    private static final int MOST_PEOPLE_WAITING = 64;
    private static final int PATIENCE_SECONDS = 15;
    private static final int IDLE_SECONDS = 30;
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(5);

    /** Something that is asked of the issuer, or checked with its keys. */
    @FunctionalInterface
    private interface Question<T> {
        T answer() throws RefusedException, IssuerAwayException;
    }

    private final Optional<Issuer> issuer;
    private final Optional<AccessTokens> accessTokens;
    private final Optional<CodeFlow> codeFlow;
    private final ThreadPoolExecutor forPrograms = threads("controller-oidc-bearer", MOST_PROGRAMS_WAITING);
    private final ThreadPoolExecutor forPeople = threads("controller-oidc-login", MOST_PEOPLE_WAITING);
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(named("controller-oidc-look"));

    /** @throws IOException if the file with its authorities cannot be used */
    public OpenIdConnect(Settings settings, InstantSource clock) throws IOException {
        requireNonNull(clock, "clock is null");
        Transport transport = Transport.trusting(settings.get(OidcSettings.CA_FILE));
        Duration skew = settings.get(OidcSettings.CLOCK_SKEW);
        ClaimReader reader = new ClaimReader(
                settings.get(OidcSettings.NAME_CLAIM),
                settings.get(OidcSettings.ROLE_CLAIM),
                settings.get(OidcSettings.ROLES));
        this.issuer = settings.get(OidcSettings.ISSUER).map(address -> new Issuer(address, transport, clock));
        this.accessTokens = issuer.flatMap(its ->
                settings.get(OidcSettings.AUDIENCE).map(audience -> new AccessTokens(its, audience, skew, reader)));
        this.codeFlow = issuer.flatMap(
                its -> client(settings).map(client -> new CodeFlow(its, client, transport, skew, reader)));
    }

    private static ThreadPoolExecutor threads(String name, int mostWaiting) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), named(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Optional<CodeFlow.Client> client(Settings settings) {
        return settings.get(OidcSettings.CLIENT_ID).flatMap(id -> settings.get(OidcSettings.PUBLIC_URL)
                .map(url -> new CodeFlow.Client(
                        id, settings.get(OidcSettings.CLIENT_SECRET), settings.get(OidcSettings.SCOPES), url)));
    }

    /** Looks for the issuer while it does not answer, so that whoever comes first need not wait, and the log says when it is back. */
    public void start() {
        issuer.ifPresentOrElse(
                its -> looking.scheduleWithFixedDelay(() -> look(its), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS),
                looking::shutdown);
    }

    private void look(Issuer its) {
        try {
            its.look();
        } catch (IssuerAwayException e) {
            log.debug("looking again in {}", LOOK, e);
        } catch (RuntimeException | Error e) { // the executor would not call it again, and say nothing
            log.error("the issuer of OpenID Connect could not be looked for; looking again in {}", LOOK, e);
        }
    }

    /** Whether the issuer, if there is one, answered when it was asked last. */
    public Optional<Boolean> issuerAnswers() {
        return issuer.map(Issuer::answers);
    }

    /** Whether programs may come with tokens of the issuer. */
    public boolean takesAccessTokens() {
        return accessTokens.isPresent();
    }

    /**
     * Who brings an access token.
     *
     * @return fails with {@link RefusedException} if it is not good, and with a problem 503 if that cannot be told now
     */
    public CompletionStage<Person> bearer(String token) {
        return accessTokens
                .map(tokens -> ask(forPrograms, () -> tokens.person(token)))
                .orElseGet(() -> failedFuture(new RefusedException("tokens of an issuer are not taken")));
    }

    /** Where to send a browser whose user wants to log in. */
    public CompletionStage<URI> begin(LoginAttempt attempt) {
        return withCodeFlow(flow -> flow.begin(attempt));
    }

    /** Who came back with a code from the issuer. */
    public CompletionStage<Person> end(LoginAttempt attempt, String code) {
        return withCodeFlow(flow -> flow.end(attempt, code));
    }

    /** Where to send a browser to end the session at the issuer. */
    public CompletionStage<Optional<URI>> endSession() {
        return withCodeFlow(CodeFlow::endSession);
    }

    /** Something asked of the code flow. */
    @FunctionalInterface
    private interface Step<T> {
        T take(CodeFlow flow) throws RefusedException, IssuerAwayException;
    }

    private <T> CompletionStage<T> withCodeFlow(Step<T> step) {
        return codeFlow.map(flow -> ask(forPeople, () -> step.take(flow)))
                .orElseGet(() -> failedFuture(new ProblemException(
                        HttpStatus.NOT_FOUND, "nobody can log in here: CONTROLLER_OIDC_CLIENT_ID is not set")));
    }

    private static <T> CompletionStage<T> ask(ThreadPoolExecutor threads, Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    later("too many are being let in by the issuer of OpenID Connect at the same time; try again"));
        }
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> failedFuture(
                        failure instanceof TimeoutException
                                ? later("the issuer of OpenID Connect has not answered for " + PATIENCE_SECONDS + " s")
                                : failure));
    }

    private static <T> void answer(Question<T> question, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            // Nobody waits for it any more.
            return;
        }
        try {
            answer.complete(question.answer());
        } catch (IssuerAwayException e) {
            log.debug("the issuer is away", e);
            answer.completeExceptionally(later(String.valueOf(e.getMessage())));
        } catch (RefusedException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static ProblemException later(String detail) {
        return ProblemException.later(HttpStatus.SERVICE_UNAVAILABLE, detail, LATER);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        looking.shutdownNow();
        forPrograms.shutdownNow();
        forPeople.shutdownNow();
    }
}
