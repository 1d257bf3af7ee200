package dev.holdfast.cli.read;

import dev.holdfast.cli.Failure;
import dev.holdfast.core.event.ClusterEvent.CommandAnswered;
import dev.holdfast.core.event.ClusterEvent.RecordRefused;
import dev.holdfast.core.event.ClusterEvent.SettingsApplied;
import dev.holdfast.core.event.ClusterEvent.SettingsRefused;
import dev.holdfast.core.event.Decision;
import dev.holdfast.core.event.Position;
import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.message.ClusterSettings;
import dev.holdfast.core.message.GuestSpecChange;
import dev.holdfast.core.message.OperatorCommand;
import dev.holdfast.encoding.StateKey;
import dev.holdfast.schemas.Topic;
import dev.holdfast.schemas.TopicCatalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Asks the cluster in a person's name and waits for the answer on the log. Every request is a record with who, why and
 * when.
 */
public final class Operator {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ClusterAccess access;
    private final String who;
    private final String why;
    private final Duration patience;
    private final InstantSource clock;

    /**
     * @param patience how long to wait for an answer; a failover of the log may be under way
     */
    public Operator(ClusterAccess access, String who, String why, Duration patience) {
        this.access = access;
        this.who = who;
        this.why = why;
        this.patience = patience;
        this.clock = InstantSource.system();
    }

    /**
     * Asks something of the cluster.
     *
     * @throws Failure if it cannot be written, or is not answered in time
     */
    public Answer ask(OperatorCommand.Request request) {
        String id = UUID.randomUUID().toString();
        try (Timeline events = Timeline.fromNow(access)) {
            RecordMetadata written = write(command(id, request));
            return await(events, written, event -> toCommand(id, event));
        }
    }

    /**
     * Asks for other settings. A record of settings has no id of its own: its place on the log stands for it.
     *
     * @throws Failure if it cannot be written, or is not answered in time
     */
    public Answer change(ClusterSettings next) {
        try (Timeline events = Timeline.fromNow(access)) {
            RecordMetadata written = write(record(TopicCatalogue.CLUSTER_SETTINGS, StateKey.CLUSTER, next));
            Position place = new Position(written.topic(), written.offset());
            return await(events, written, decision -> toSettings(place, decision));
        }
    }

    /**
     * Declares a guest, or changes its specification.
     *
     * @throws Failure if it cannot be written, or is not answered in time
     */
    public Answer declare(GuestSpec spec) {
        String id = UUID.randomUUID().toString();
        try (Timeline events = Timeline.fromNow(access)) {
            write(command(id, new OperatorCommand.DeclareGuest(spec.name())));
            RecordMetadata written = write(record(
                    TopicCatalogue.GUEST_SPECS, spec.name(), new GuestSpecChange(id, who, why, clock.instant(), spec)));
            return await(events, written, event -> toCommand(id, event));
        }
    }

    /**
     * Has a guest stopped and forgotten, and takes its specification off the log.
     *
     * @param leaveRunning leave it running where it runs instead of stopping it
     * @throws Failure if it cannot be written, or is not answered in time
     */
    public Answer remove(String guest, boolean leaveRunning) {
        Answer answer = ask(new OperatorCommand.RemoveGuest(guest, leaveRunning));
        // Only now: a tombstone read before the command would make the guest unknown to it.
        if (answer.accepted()) {
            write(access.encoder().tombstone(TopicCatalogue.GUEST_SPECS, guest));
        }
        return answer;
    }

    private ProducerRecord<byte[], byte[]> command(String id, OperatorCommand.Request request) {
        return record(
                TopicCatalogue.OPERATOR_COMMANDS, request.target(),
                new OperatorCommand(id, who, why, clock.instant(), request));
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, String key, Record body) {
        return access.encoder().record(topic, key, body);
    }

    private RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
        try {
            return access.producer().send(record).get();
        } catch (ExecutionException | KafkaException failed) {
            Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
            throw Failure.noAnswer("not written to " + record.topic() + " as far as is known (" + cause.getMessage()
                    + "): there is no quorum. './holdfast node list' shows which nodes are on");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Failure.failed("interrupted; whether the request was written is unknown");
        }
    }

    private static Optional<Answer> toCommand(String id, Decision decision) {
        return decision.event() instanceof CommandAnswered answer && answer.commandId().equals(id)
                ? Optional.of(new Answer(id, answer.target(), answer.accepted(), answer.answer()))
                : Optional.empty();
    }

    private static Optional<Answer> toSettings(Position place, Decision decision) {
        if (!decision.cause().input().equals(place)) {
            return Optional.empty();
        }
        String id = place.toString();
        return switch (decision.event()) {
            case SettingsApplied applied ->
                Optional.of(new Answer(id, applied.entity(), true, applied.summary() + "; in force"));
            case SettingsRefused refused -> Optional.of(new Answer(id, refused.entity(), false, refused.reason()));
            case RecordRefused refused -> Optional.of(new Answer(id, refused.entity(), false, refused.reason()));
            default -> Optional.empty();
        };
    }

    /** @param answer what a decision says to the request; empty if it speaks of something else */
    private Answer await(Timeline events, RecordMetadata written, Function<Decision, Optional<Answer>> answer) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            for (Occurrence occurrence : events.poll(POLL)) {
                if (occurrence instanceof Occurrence.Decided decided) {
                    Optional<Answer> found = answer.apply(decided.decision());
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        throw Failure.noAnswer("written as " + written.topic() + "@" + written.offset() + ", but not answered within "
                + patience.toSeconds() + " s: it stands on the log and will be answered once the cluster decides again. "
                + "'./holdfast status' shows why it does not, './holdfast events --follow' the answer");
    }

    /**
     * What the log says to a request.
     *
     * @param id the request's id; the place of its record, for settings
     * @param target guest or node it was about, or {@code cluster}
     * @param text what will happen, or why not
     */
    public record Answer(String id, String target, boolean accepted, String text) {}
}
