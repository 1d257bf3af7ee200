package dev.holdfast.node.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.encoding.RegisteredSchemas;
import dev.holdfast.encoding.RegisteredSchemas.RegisteredSchema;
import dev.holdfast.encoding.SchemaIds;
import dev.holdfast.schemas.PublishedSchema;
import dev.holdfast.schemas.SchemaCatalogue;
import dev.holdfast.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class IdsFirstTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final PublishedSchema BEATS = CATALOGUE.published(TopicCatalogue.NODE_HEARTBEATS);
    private static final RegisteredSchemas REGISTERED = new RegisteredSchemas(
            1, "http://registry", List.of(new RegisteredSchema(BEATS.subject(), BEATS.version(), BEATS.id(), 7)));

    private final CountDownLatch started = new CountDownLatch(1);

    @Test
    void withoutARegistryTheServicesStartAtOnceAndNothingIsRead() {
        Supplier<Optional<RegisteredSchemas>> log = () -> {
            throw new AssertionError("was read");
        };
        try (IdsFirst first = new IdsFirst(SchemaIds.derived(CATALOGUE), log)) {
            first.thenStart(started::countDown);
            assertThat(started.getCount()).isZero();
        }
    }

    @Test
    void withARegistryTheyStartWithItsIdsHoweverLateTheLogAnswers() throws InterruptedException {
        SchemaIds ids = SchemaIds.awaited(CATALOGUE);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger idAtStart = new AtomicInteger();
        Supplier<Optional<RegisteredSchemas>> log = () -> switch (looks.incrementAndGet()) {
            case 1 -> throw new TimeoutException("no broker yet");
            case 2 -> Optional.empty();
            default -> Optional.of(REGISTERED);
        };
        try (IdsFirst first = new IdsFirst(ids, log)) {
            first.thenStart(() -> {
                idAtStart.set(ids.idFor(TopicCatalogue.NODE_HEARTBEATS));
                started.countDown();
            });
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(idAtStart).hasValue(7);
        assertThat(looks).hasValue(3);
    }

    @Test
    void nothingIsStartedOnceItIsClosed() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        IdsFirst first = new IdsFirst(SchemaIds.awaited(CATALOGUE), () -> {
            looked.countDown();
            return Optional.empty();
        });
        first.thenStart(started::countDown);
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        first.close();
        assertThat(started.getCount()).isEqualTo(1);
    }

    @Test
    void aReadThatIsInterruptedByClosingStartsNothing() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        IdsFirst first = new IdsFirst(SchemaIds.awaited(CATALOGUE), () -> {
            looked.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            throw new KafkaException("interrupted");
        });
        first.thenStart(started::countDown);
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        first.close();
        assertThat(started.getCount()).isEqualTo(1);
    }

    @Test
    void idsThatMeanTwoThingsStartNothing() throws InterruptedException {
        int taken = CATALOGUE.published(TopicCatalogue.AUDIT_JOURNAL).id();
        CountDownLatch looked = new CountDownLatch(2);
        try (IdsFirst first = new IdsFirst(SchemaIds.awaited(CATALOGUE), () -> {
            looked.countDown();
            return Optional.of(new RegisteredSchemas(1, "http://registry", List.of(
                    new RegisteredSchema(BEATS.subject(), BEATS.version(), BEATS.id(), taken))));
        })) {
            first.thenStart(started::countDown);
            assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(started.getCount()).isEqualTo(1);
        }
    }
}
