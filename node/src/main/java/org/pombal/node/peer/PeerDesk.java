package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.VoterId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the questions of one connection, one after the other. */
final class PeerDesk extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final String SITE = "site";
    static final String PEER = "peer";

    private static final Logger log = LoggerFactory.getLogger(PeerDesk.class);

    private final PeerDuties duties;
    private final Replies replies;
    private boolean busy;

    PeerDesk(PeerDuties duties, Replies replies) {
        this.duties = requireNonNull(duties, "duties is null");
        this.replies = requireNonNull(replies, "replies is null");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (busy) {
            replies.refuse(context, HttpResponseStatus.TOO_MANY_REQUESTS, "one question at a time");
            return;
        }
        if (!request.decoderResult().isSuccess()) {
            replies.refuse(context, HttpResponseStatus.BAD_REQUEST, "not a valid HTTP request");
            return;
        }
        String path = request.uri();
        String name = path.startsWith(Question.ROOT) ? path.substring(Question.ROOT.length()) : "";
        if (!Question.exists(name)) {
            replies.refuse(context, HttpResponseStatus.NOT_FOUND, "there is no question of that name");
            return;
        }
        Optional<SiteId> site = duties.site().get();
        if (site.isEmpty()) {
            replies.refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "this node's site is not known yet");
            return;
        }
        try {
            Message message = Message.parse(ByteBufUtil.getBytes(request.content()));
            VoterId wanted = message.value(PEER, VoterId::new);
            if (!message.value(SITE, SiteId::parse).equals(site.get()) || !wanted.equals(duties.self())) {
                replies.refuse(
                        context,
                        HttpResponseStatus.MISDIRECTED_REQUEST,
                        "this is " + duties.self() + " of site " + site.get() + ", not who was asked");
                return;
            }
            Question question = Question.parse(name, site.get(), message);
            if (question instanceof Question.Where && duties.owner().isEmpty()) {
                replies.refuse(
                        context, HttpResponseStatus.NOT_FOUND, "this node stands beside a proxy, and has no users");
                return;
            }
            answer(context, question, HttpUtil.isKeepAlive(request));
        } catch (BadMessageException e) {
            replies.refuse(context, HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private void answer(ChannelHandlerContext context, Question question, boolean keepAlive) {
        busy = true;
        answer(question).whenComplete((answer, failure) -> context.executor().execute(() -> {
            busy = false;
            if (failure == null) {
                replies.answer(context, answer, keepAlive);
            } else {
                log.error("internal error while answering a peer", failure);
                replies.refuse(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error");
            }
        }));
    }

    private CompletionStage<Message> answer(Question question) {
        if (question instanceof Question.AskVote ask) {
            return duties.voting().vote(ask.wanted()).thenApply(VoteAnswer::toMessage);
        }
        if (question instanceof Question.Arrived arrived) {
            duties.owner().ifPresent(owner -> owner.arrived(arrived.group(), arrived.user()));
            return CompletableFuture.completedFuture(Message.of());
        }
        if (question instanceof Question.Released released) {
            duties.owner().ifPresent(owner -> owner.released(released.backend()));
            return CompletableFuture.completedFuture(Message.of());
        }
        Question.Where where = (Question.Where) question;
        return duties.owner().orElseThrow().where(where.user(), where.kind()).thenApply(Places::toMessage);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("closing a connection of peer {}: {}", context.channel().remoteAddress(), cause.toString());
        context.close();
    }
}
