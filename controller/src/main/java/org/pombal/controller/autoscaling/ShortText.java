package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of an HTTP answer as text; a failure if it is longer than it may be, and then no more of it is read. */
final class ShortText implements BodySubscriber<String> {

    private final BodySubscriber<String> text = BodySubscribers.ofString(UTF_8);
    private final int most;
    private long read;
    private @Nullable Subscription subscription;

    /** @param most bytes */
    ShortText(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        text.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (read > most) {
            return;
        }
        read += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (read > most) {
            Subscription all = subscription;
            if (all != null) {
                all.cancel();
            }
            text.onError(new IOException("its answer is longer than " + most + " bytes"));
        } else {
            text.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.onError(failure);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
