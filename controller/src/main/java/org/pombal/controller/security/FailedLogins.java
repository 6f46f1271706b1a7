package org.pombal.controller.security;

import static java.util.Objects.requireNonNull;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.pombal.controller.http.ProblemException;
import org.pombal.controller.settings.ControllerSettings;
import org.pombal.model.access.AttemptLimiter;
import org.pombal.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts wrong credentials by address, and refuses whoever tries too many. */
@Singleton
public final class FailedLogins {

    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);
    private static final int ADDRESSES = 10_000;

    private final AttemptLimiter limiter;
    private final InstantSource clock;

    FailedLogins(Settings settings, InstantSource clock) {
        this.limiter = new AttemptLimiter(settings.get(ControllerSettings.FAILED_LOGINS), ADDRESSES);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Why the address may not try now, if it may not. */
    public Optional<ProblemException> objection(String address) {
        Optional<Duration> wait;
        synchronized (limiter) {
            wait = limiter.wait(address, clock.instant());
        }
        return wait.map(rest -> ProblemException.later(
                HttpStatus.TOO_MANY_REQUESTS, "too many wrong credentials from this address; wait", rest));
    }

    /** An attempt that takes a while. It counts as wrong until it is {@link #known}: else many could be made at the same time. */
    public void begun(String address) {
        synchronized (limiter) {
            limiter.failed(address, clock.instant());
        }
    }

    /** What came of an attempt that was {@link #begun} is known; if it was wrong, it is to be counted. */
    public void known(String address) {
        synchronized (limiter) {
            limiter.forgiven(address);
        }
    }

    /** A wrong attempt. */
    public void count(String address) {
        log.atWarn().addKeyValue("event", "api_login_failed").log("wrong credentials from {}", address);
        synchronized (limiter) {
            limiter.failed(address, clock.instant());
        }
    }
}
